"use strict";
// Hovering over or focusing anything of a source lights up all that the source says.
(() => {
  let hovered = null, focused = null;
  const owner = (node) => (node instanceof Element ? node.closest("[data-s]") : null);
  const keys = (element) => (element ? element.dataset.s.split(" ") : []);
  const light = () => {
    const wanted = keys(hovered ?? focused);
    document.documentElement.classList.toggle("lighting", wanted.length > 0);
    for (const each of document.querySelectorAll("[data-s]")) {
      each.classList.toggle("lit", keys(each).some((key) => wanted.includes(key)));
    }
  };
  document.addEventListener("pointerover", (event) => { hovered = owner(event.target); light(); });
  document.documentElement.addEventListener("pointerleave", () => { hovered = null; light(); });
  document.addEventListener("focusin", (event) => { focused = owner(event.target); light(); });
  document.addEventListener("focusout", () => { focused = null; light(); });
})();
