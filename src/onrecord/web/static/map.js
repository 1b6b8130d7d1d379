// Where events happened, over borders that are shipped; the table below it says the same.
"use strict";

(async () => {
  const box = document.getElementById("map");
  const [world, answer] = await Promise.all([
    fetch("/static/countries-110m.json").then((found) => found.json()), fetch(box.dataset.source),
  ]);
  const places = answer.ok ? await answer.json() : [];
  const width = 960, height = 490;
  const projection = d3.geoNaturalEarth1().fitSize([width, height], { type: "Sphere" });
  const svg = d3.select(box).append("svg").attr("viewBox", [0, 0, width, height]);
  const inner = svg.append("g");
  inner.append("g").selectAll("path")
    .data(topojson.feature(world, world.objects.countries).features).join("path")
    .attr("class", "land").attr("d", d3.geoPath(projection));
  const most = d3.max(places, (each) => each.number) || 1;
  inner.append("g").selectAll("circle").data(places).join("circle")
    .attr("class", (each) => `place ${each.goldstein < 0 ? "quad4" : "quad2"}`)
    .attr("cx", (each) => projection([each.lon, each.lat])[0])
    .attr("cy", (each) => projection([each.lon, each.lat])[1])
    .attr("r", (each) => 3 + 16 * Math.sqrt(each.number / most))
    .append("title").text((each) => `${each.place}: ${each.number} events, ${each.goldstein}`);
  svg.call(d3.zoom().scaleExtent([1, 10]).filter((event) => event.type !== "wheel" || event.ctrlKey)
    .on("zoom", ({ transform }) => {
      inner.attr("transform", transform);
      inner.selectAll("circle").attr("r", (each) => (3 + 16 * Math.sqrt(each.number / most)) / transform.k);
      inner.selectAll("path").attr("stroke-width", 1 / transform.k);
    }));
})();
