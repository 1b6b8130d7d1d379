// Small helps on every page: what belongs together lights up, names are offered, C and R in a form.
"use strict";

function light(of, on) {
  for (const name of of) {
    for (const element of document.querySelectorAll(`[data-of~="${CSS.escape(name)}"]`)) {
      element.classList.toggle("lit", on);
    }
  }
}

for (const element of document.querySelectorAll("[data-of]")) {
  const of = element.dataset.of.split(" ");
  element.addEventListener("pointerenter", () => light(of, true));
  element.addEventListener("pointerleave", () => light(of, false));
  element.addEventListener("focusin", () => light(of, true));
  element.addEventListener("focusout", () => light(of, false));
}

function follow() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.dataset.of) {
    light(target.dataset.of.split(" "), true);
    const inside = document.getElementById(`in-${target.id}`);
    if (inside) inside.scrollIntoView({ block: "center" });
  }
}
addEventListener("hashchange", follow);
follow();

const names = document.getElementById("names");
let waiting = 0;
for (const input of document.querySelectorAll('input[list="names"]')) {
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    const beginning = input.value.split(/\s+(?=[A-Z]|$)/).pop();
    if (beginning.length < 2) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`/api/names?beginning=${encodeURIComponent(beginning)}`);
      if (!answer.ok) return;
      const before = input.value.slice(0, input.value.length - beginning.length);
      names.replaceChildren(...(await answer.json()).map((name) => {
        const option = document.createElement("option");
        option.value = before + name;
        return option;
      }));
    }, 150);
  });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/") {
    document.getElementById("q").focus();
    event.preventDefault();
    return;
  }
  const action = { c: "confirm", r: "reject" }[event.key.toLowerCase()];
  const open = document.querySelector("details.correct[open] form, .queue > li:first-child form");
  if (action && open) open.closest("details").open = true;
  if (action && open && open.reportValidity()) {
    open.querySelector(`button[value="${action}"]`).click();
  }
});
