"""Train the network: first the parser inside it on parsed text, then everything on annotations."""

import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.training.examples import IGNORED, Batch, Example, join, split_in_batches
from onrecord.training.network import Network, Sizes

__all__ = ["Plan", "fit", "losses_of", "tell"]

ROLE_SHARE = 8
"""By how much the sum over a window's tokens is divided, so that roles weigh as much as anchors."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        epochs: How often every article is read.
        rate: Highest learning rate.
        tokens: Tokens a step.
        dropout: Share of numbers set to 0.
        forget: Share of words made unknown.
        average: How slowly the averaged weights, which ship, follow.
        syntax: Weight of what the parser inside learns.
        shares: How often each copy of the articles is read: as it is, respelled, spun ...
        threads: Threads of torch.
        seed: Of all chance.
    """

    epochs: int = 9
    rate: float = 2e-3
    tokens: int = 4096
    dropout: float = 0.15
    forget: float = 0.1
    average: float = 0.998
    syntax: float = 0.3
    shares: tuple[float, ...] = (1.0,)
    threads: int = 2
    seed: int = 1


def fit(
    network: Network,
    copies: Sequence[Sequence[Example]],
    more: Sequence[Example],
    plan: Plan,
    folder: Path,
) -> Network:
    """Train a network and return the average of its weights; go on where `folder` says it stopped.

    Args:
        network: Where to start.
        copies: The articles, in each of their copies; every epoch reads one copy of each.
        more: Articles that every epoch reads as they are.
        plan: How to train.
        folder: Where the checkpoint is kept.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    average = Network(network.encoder.known.weight.detach(), sizes_of(network), plan.dropout)
    average.load_state_dict(network.state_dict())
    weights = [each for each in network.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(
        weights, lr=plan.rate, weight_decay=0.02, betas=(0.9, 0.98), fused=True
    )
    folder.mkdir(parents=True, exist_ok=True)
    for epoch in range(_resume(folder, network, average, optimizer), plan.epochs):
        chance = random.Random(plan.seed * 1000 + epoch)  # noqa: S311 (training)
        chosen = [chance.choices(each, plan.shares)[0] for each in zip(*copies, strict=True)]
        groups = list(split_in_batches([*chosen, *more], plan.tokens, chance))
        _read_once(network, average, optimizer, groups, epoch, plan, chance)
        _save(folder, epoch + 1, network, average, optimizer)
    return average.eval()


def _read_once(  # noqa: PLR0913, PLR0917
    network: Network,
    average: Network,
    optimizer: torch.optim.Optimizer,
    groups: list[list[Example]],
    epoch: int,
    plan: Plan,
    chance: random.Random,
) -> None:
    sums: dict[str, float] = {}
    begun = time.time()
    weights = [each for each in network.parameters() if each.requires_grad]
    network.train()
    for step, group in enumerate(groups):
        for each in optimizer.param_groups:
            each["lr"] = plan.rate * _rate_at((epoch + step / len(groups)) / plan.epochs)
        losses = losses_of(network, join(group, chance, plan.forget), plan.syntax)
        sum(losses.values(), torch.zeros(())).backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        seen = epoch * len(groups) + step
        _blend(average, network, min(plan.average, seen / (10 + seen)))
        for name, loss in losses.items():
            sums[name] = sums.get(name, 0.0) + float(loss.detach())
    told = " ".join(f"{name} {each / len(groups):.4f}" for name, each in sums.items())
    tell(f"epoch {epoch + 1}: {told}, {time.time() - begun:.0f} s")


def losses_of(network: Network, batch: Batch, syntax: float) -> dict[str, Tensor]:
    """Return what is to be made small: the parser's losses, and those of anchors and roles."""
    with torch.autocast("cpu", torch.bfloat16):
        return _losses_of(network, batch, syntax)


def _losses_of(network: Network, batch: Batch, syntax: float) -> dict[str, Tensor]:
    encoder = network.encoder
    vectors, parsed, normal = encoder.parse(batch.columns, batch.mask)
    labels = encoder.parser.labels(normal, batch.governors)
    losses = {}
    if syntax and batch.is_parsed.any():
        wanted = dict(zip(("tag", "label", "entity"), batch.syntax, strict=True))
        parts = {
            "head": (parsed.heads, batch.heads),
            "tag": (parsed.tags, wanted["tag"]),
            "label": (labels, wanted["label"]),
            "entity": (parsed.entities, wanted["entity"]),
        }
        for name, (logits, target) in parts.items():
            losses[name] = syntax * functional.cross_entropy(
                logits.float(), target, ignore_index=IGNORED
            )
        losses["start"] = syntax * functional.binary_cross_entropy_with_logits(
            parsed.starts.float(), batch.starts, batch.is_parsed
        )
    if batch.is_read.any() and len(batch.anchors):
        losses |= _attribution(network, batch, vectors, parsed.governors, normal, parsed.starts)
    return losses


def _attribution(
    network: Network,
    batch: Batch,
    vectors: Tensor,
    governors: Tensor,
    normal: Tensor,
    starts: Tensor,
) -> dict[str, Tensor]:
    vectors, logits = network.encoder.rise(vectors, governors, batch.mask)
    loss = functional.binary_cross_entropy_with_logits(
        logits.float(), batch.chances, batch.is_read, reduction="sum"
    )
    with torch.no_grad():
        labels = network.encoder.parser.labels(normal, governors).argmax(-1)
        related = batch.relate(batch.anchors, governors, labels, starts > 0)
    places, lines, exists = batch.around(batch.anchors)
    mask = exists.unsqueeze(-1).float()
    roles = network.tagger(vectors, batch.anchors, places, related, lines, mask)
    gain = (batch.roles.float() / 255 * functional.log_softmax(roles.float(), -1)).sum(-1)
    weight = batch.chances[batch.anchors].unsqueeze(1)
    total = batch.chances.sum()
    return {"anchor": loss / total, "role": -(gain * exists * weight).sum() / total / ROLE_SHARE}


def sizes_of(network: Network) -> Sizes:
    """Tell the widths of a network."""
    return Sizes(
        network.tagger.token.in_features,
        tuple(each.dilation for each in network.encoder.trunk),
        tuple(each.dilation for each in network.encoder.upper),
        network.tagger.token.out_features,
        tuple(each.dilation for each in network.tagger.near),
    )


def _rate_at(progress: float) -> float:
    """Rise for the first twentieth, then fall as a cosine."""
    return min(progress * 20, 0.5 + 0.5 * math.cos(math.pi * progress)) + 1e-3


def _blend(average: Network, network: Network, keep: float) -> None:
    with torch.no_grad():
        for old, new in zip(average.parameters(), network.parameters(), strict=True):
            if old.requires_grad:
                old.lerp_(new, 1 - keep)


def _save(
    folder: Path,
    epoch: int,
    network: Network,
    average: Network,
    optimizer: torch.optim.Optimizer,
) -> None:
    kept = {
        "epoch": epoch,
        "network": network.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "sizes": asdict(sizes_of(network)),
    }
    torch.save(kept, folder / "checkpoint.tmp")
    (folder / "checkpoint.tmp").replace(folder / "checkpoint.pt")


def _resume(
    folder: Path, network: Network, average: Network, optimizer: torch.optim.Optimizer
) -> int:
    if not (folder / "checkpoint.pt").exists():
        return 0
    kept = torch.load(folder / "checkpoint.pt", weights_only=True)
    network.load_state_dict(kept["network"])
    average.load_state_dict(kept["average"])
    optimizer.load_state_dict(kept["optimizer"])
    epoch: int = kept["epoch"]
    return epoch


def tell(line: str) -> None:
    """Print a line of progress."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 (progress of a long run)


def is_right(network: Network, examples: Sequence[Example]) -> dict[str, float]:
    """Return the shares of governors, labels with governors, tags and starts that are right."""
    counts = np.zeros(5)
    network.eval()
    for each in examples:
        batch = join([each])
        with torch.no_grad():
            _, parsed, normal = network.encoder.parse(batch.columns, batch.mask)
            labels = network.encoder.parser.labels(normal, parsed.governors).argmax(-1)
        known = batch.is_parsed > 0
        head = (parsed.governors == batch.governors) & known
        counts += [
            float(known.sum()),
            float(head.sum()),
            float((head & (labels == batch.syntax[1])).sum()),
            float((parsed.tags.argmax(-1) == batch.syntax[0])[known].sum()),
            float(((parsed.starts > 0) == (batch.starts > 0))[known].sum()),
        ]
    names = ("heads", "labelled", "tags", "starts")
    return {name: float(each / counts[0]) for name, each in zip(names, counts[1:], strict=True)}
