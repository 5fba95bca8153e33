"use strict";

// The preview's own script. It runs in a world apart from the page, whose scripts are off, and holds the article as one
// <section> a chunk. Timers never fire in that world: what has to wait is called again from outside.
//
// A node is {id, html}: the chunk's identity as a string or number, and its sanitised HTML, or null where that is yet
// to come. A chunk without HTML keeps showing what stood in its place until its own arrives, so that nothing flickers.
globalThis.stet = (() => {
  const IMAGES = "stet://article/";
  const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

  const article = document.getElementById("article");
  const sections = new Map();
  const shown = new WeakMap();

  // Put `nodes` in the place of `removed` chunks from the index `first` on.
  function splice(first, removed, nodes) {
    const old = Array.prototype.slice.call(article.children, first, first + removed);
    const after = article.children[first + removed] || null;
    old.forEach((section) => sections.delete(section.dataset.chunk));
    const fresh = document.createDocumentFragment();
    nodes.forEach((node, index) => {
      const section = old[index] || fresh.appendChild(document.createElement("section"));
      section.dataset.chunk = node.id;
      sections.set(section.dataset.chunk, section);
      show(section, node.html);
    });
    article.insertBefore(fresh, after);
    old.slice(nodes.length).forEach((section) => section.remove());
  }

  // Give chunks that are there their HTML; those that have gone meanwhile are passed over.
  function fill(nodes) {
    for (const node of nodes) {
      const section = sections.get(String(node.id));
      if (section) show(section, node.html);
    }
  }

  function show(section, html) {
    section.className = html === null ? "chunk pending" : "chunk";
    if (html === null || shown.get(section) === html) return;
    const template = document.createElement("template");
    template.innerHTML = html;
    template.content.querySelectorAll("img[src]").forEach(place);
    section.replaceChildren(template.content);
    shown.set(section, html);
  }

  // An article's images are relative to its folder, which the page knows by another name. One that is not there gives
  // way to its words.
  function place(image) {
    const address = image.getAttribute("src").trim();
    if (!HAS_SCHEME.test(address)) {
      if (leavesFolder(address)) return image.replaceWith(missing(image.alt, address));
      image.setAttribute("src", IMAGES + address);
    }
    image.addEventListener("error", () => image.replaceWith(missing(image.alt, address)), { once: true });
  }

  // Chromium takes the dots that lead above a root for nothing, and would show another picture of that name instead.
  function leavesFolder(address) {
    return !new URL(address, IMAGES + "in/").href.startsWith(IMAGES + "in/");
  }

  function missing(words, address) {
    const span = document.createElement("span");
    span.className = "image-missing";
    span.title = address;
    span.textContent = words || "image";
    return span;
  }

  // Bring the chunk at `index` into view, without a movement where it is there already.
  function reveal(index) {
    const section = article.children[index];
    if (!section) return;
    const box = section.getBoundingClientRect();
    const height = document.documentElement.clientHeight;
    const visible = Math.min(box.bottom, height) - Math.max(box.top, 0);
    if (visible >= Math.min(box.height, height / 2)) return;
    section.scrollIntoView({ block: box.height > height ? "start" : "center", behavior: "instant" });
  }

  // "light", "dark", or "system" to follow the screen's.
  function theme(name) {
    const media = { light: "not all", dark: "all" };
    document.getElementById("dark").media = media[name] || "(prefers-color-scheme: dark)";
  }

  return Object.freeze({ splice, fill, reveal, theme });
})();
