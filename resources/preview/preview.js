"use strict";

// The preview's own script. It runs in a world apart from the page, whose scripts are off, and shows the article as one
// <stet-chunk> a chunk. Timers never fire in that world: what has to wait is called again from outside.
//
// A node is {id, html, stale, text, pieces}: the chunk's identity as a string or number, and its sanitised HTML, or null
// where that is yet to come or is in pieces, as long_tables.js has them. A chunk without HTML keeps showing what stood in
// its place until its own arrives, so that nothing flickers. Where that may take long it is stale, and where nothing
// stood its text is shown.
globalThis.stet = (() => {
  const shown = new WeakMap();

  // Put `nodes` in the place of `removed` chunks from the index `first` on.
  function splice(first, removed, nodes) {
    const { present, gone } = sections.exchange(
      first,
      removed,
      nodes.map((node) => node.id),
    );
    gone.forEach(forget);
    nodes.forEach((node, index) => show(present[index], node));
    numbering.renumber(holders());
  }

  // Give chunks that are there their HTML; those that have gone meanwhile are passed over.
  function fill(nodes) {
    for (const node of nodes) {
      const section = sections.of(node.id);
      if (section) show(section, node);
    }
    numbering.renumber(holders());
  }

  function* holders() {
    for (const section of sections.inOrder()) yield* longTables.piecesOf(section) || [section];
  }

  function forget(section) {
    numbering.forget(section);
    longTables.forget(section);
    citations.forget(section);
  }

  function show(section, { html, stale, text, pieces }) {
    section.className = html !== null || pieces ? "chunk" : stale ? "chunk stale" : "chunk pending";
    if (html === null && stale && !section.firstChild) {
      section.append(asWritten(text));
      shown.delete(section); // which may have been nothing, as of a definition
    }
    if (pieces) {
      if (shown.delete(section)) numbering.forget(section);
      longTables.show(section, pieces);
      citations.paint(section);
    }
    if (html === null || shown.get(section) === html) return;
    longTables.forget(section);
    const template = document.createElement("template");
    template.innerHTML = html;
    pictures.place(template.content);
    if (numbering.concerns(template.content) || !rewording.reword(section, template.content)) {
      numbering.read(section, [template.content]);
      section.replaceChildren(template.content);
    }
    citations.paint(section);
    shown.set(section, html);
  }

  function asWritten(text) {
    const box = document.createElement("pre");
    box.className = "unrendered";
    box.textContent = text;
    return box;
  }

  // The width of the column, in widths of the digit 0.
  function measure(digits) {
    document.documentElement.style.setProperty("--measure", `${digits}ch`);
  }

  return Object.freeze({ splice, fill, measure });
})();
