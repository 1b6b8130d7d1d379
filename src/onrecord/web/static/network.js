// Who speaks to or acts on whom, laid out by forces; the table below it says the same.
"use strict";

(async () => {
  const box = document.getElementById("network");
  const answer = await fetch(box.dataset.source);
  if (!answer.ok) return;
  const rows = (await answer.json()).slice(0, 120);
  if (!rows.length) return;
  const names = new Map();
  const node = (name, country) => {
    if (!names.has(name)) names.set(name, { id: name, country, size: 0 });
    return names.get(name);
  };
  const links = rows.map((row) => {
    const source = node(row.source, row.source_country);
    const target = node(row.target, row.target_country);
    source.size += row.number;
    target.size += row.number;
    return { source, target, number: row.number, goldstein: row.goldstein };
  });
  const nodes = [...names.values()];
  const width = 960, height = 620;
  const most = d3.max(nodes, (each) => each.size);
  const radius = (each) => 4 + 14 * Math.sqrt(each.size / most);
  const svg = d3.select(box).append("svg").attr("viewBox", [0, 0, width, height]);
  const inner = svg.append("g");
  const line = inner.append("g").selectAll("line").data(links).join("line")
    .attr("class", (each) => `link ${each.goldstein < -1 ? "conflict" : each.goldstein > 1 ? "cooperation" : ""}`)
    .attr("stroke-width", (each) => 1 + Math.log2(each.number));
  line.append("title").text((each) => `${each.source.id} → ${each.target.id}: ${each.number}`);
  const group = inner.append("g").selectAll("a").data(nodes).join("a")
    .attr("class", "node").attr("href", (each) => `/who/${encodeURIComponent(each.id)}`);
  group.append("circle").attr("r", radius);
  group.append("text").attr("x", (each) => radius(each) + 2).attr("y", 4).text((each) => each.id);
  const forces = d3.forceSimulation(nodes)
    .force("link", d3.forceLink(links).distance(70).strength(0.25))
    .force("charge", d3.forceManyBody().strength(-160))
    .force("collide", d3.forceCollide((each) => radius(each) + 12))
    .force("x", d3.forceX(width / 2).strength(0.07))
    .force("y", d3.forceY(height / 2).strength(0.1))
    .stop();
  for (let step = 0; step < 260; step += 1) forces.tick();
  const inX = (x) => Math.max(20, Math.min(width - 90, x));
  const inY = (y) => Math.max(16, Math.min(height - 16, y));
  nodes.forEach((each) => { each.x = inX(each.x); each.y = inY(each.y); });
  line.attr("x1", (each) => each.source.x).attr("y1", (each) => each.source.y)
    .attr("x2", (each) => each.target.x).attr("y2", (each) => each.target.y);
  group.attr("transform", (each) => `translate(${each.x},${each.y})`);
  svg.call(d3.zoom().scaleExtent([0.6, 6]).filter((event) => event.type !== "wheel" || event.ctrlKey)
    .on("zoom", ({ transform }) => inner.attr("transform", transform)));
})();
