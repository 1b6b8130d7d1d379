// Zoom and move the lanes; without this script they are a still picture.
"use strict";

for (const svg of document.querySelectorAll("svg[data-zoom]")) {
  const inner = d3.select(svg).select(".inner");
  const zoom = d3.zoom().scaleExtent([1, 12])
    .translateExtent([[0, 0], [960, svg.viewBox.baseVal.height]])
    .filter((event) => event.type !== "wheel" || event.ctrlKey)
    .on("zoom", ({ transform }) => {
      inner.selectAll("circle").attr("transform", (_, i, all) => {
        const x = Number(all[i].getAttribute("cx"));
        return `translate(${transform.applyX(x) - x},0)`;
      }).attr("visibility", (_, i, all) => {
        const x = transform.applyX(Number(all[i].getAttribute("cx")));
        return x < 165 || x > 955 ? "hidden" : "visible";
      });
      inner.selectAll(".tick").attr("transform", (_, i, all) => {
        const x = Number(all[i].getAttribute("x"));
        return `translate(${transform.applyX(x) - x},0)`;
      });
    });
  d3.select(svg).call(zoom);
}
