"use strict";
(function () {
  const parts = new Map();
  for (const element of document.querySelectorAll("[data-of]")) {
    for (const id of element.dataset.of.split(" ")) {
      if (!parts.has(id)) parts.set(id, []);
      parts.get(id).push(element);
    }
  }
  let lit = [];
  function light(element) {
    for (const each of lit) each.classList.remove("lit");
    lit = [];
    if (!element) return;
    const link = element.closest("main a");
    const ids = link ? [link.getAttribute("href").slice(1)] : element.dataset.of.split(" ");
    for (const id of ids) lit.push(...(parts.get(id) || []));
    for (const each of lit) each.classList.add("lit");
  }
  function found(event) {
    return event.target instanceof Element ? event.target.closest("[data-of]") : null;
  }
  document.addEventListener("pointerover", (event) => light(found(event)));
  document.addEventListener("focusin", (event) => light(found(event)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light(null);
  });
})();
