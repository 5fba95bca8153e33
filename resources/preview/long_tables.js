"use strict";

// Long tables, which come in pieces so that a key in one of their rows changes a few of them: the first piece is a table
// with a heading, and of every other the rows go below those that are there.
globalThis.longTables = (() => {
  // By section: its pieces in order, each as the nodes that it has in the table's body.
  const shown = new WeakMap();

  // Let the pieces between the first `head` and the last `tail` give way to those in `html`.
  function show(section, { head, tail, html }) {
    const before = head + tail ? shown.get(section) : begin(section);
    const gone = before.slice(head, before.length - tail);
    const come = html.map((_, index) => gone[index] || { nodes: [] });
    const next = before[before.length - tail]?.nodes[0] || null;
    html.forEach((each, index) => fill(section, come[index], each, head + index === 0, next));
    for (const piece of gone.slice(html.length)) {
      numbering.forget(piece);
      piece.nodes.forEach((node) => node.remove());
    }
    shown.set(section, [...before.slice(0, head), ...come, ...before.slice(before.length - tail)]);
  }

  // The pieces of a section; nothing where it shows no long table.
  function piecesOf(section) {
    return shown.get(section);
  }

  function forget(section) {
    for (const piece of shown.get(section) || []) numbering.forget(piece);
    shown.delete(section);
  }

  function begin(section) {
    forget(section);
    section.replaceChildren();
    return [];
  }

  // Let a piece show this HTML: where it is, or before the node `next`.
  function fill(section, piece, html, isFirst, next) {
    const { content } = Object.assign(document.createElement("template"), { innerHTML: html });
    pictures.place(content);
    const rows = document.createDocumentFragment();
    rows.append(...content.querySelector("tbody").childNodes);
    // The table's body begins with white space once.
    if (!isFirst) rows.firstChild.remove();
    const takesPart = numbering.read(piece, isFirst ? [content, rows] : [rows]);
    if (isFirst) fillHeading(section, content);
    const nodes = [...rows.childNodes];
    exchange(section.querySelector("tbody"), piece.nodes, nodes, next, !takesPart);
    piece.nodes = nodes;
  }

  function fillHeading(section, content) {
    const there = section.querySelector("thead");
    if (there) there.replaceWith(content.querySelector("thead"));
    else section.append(content);
  }

  // Put new nodes in the place of old ones. Of those that are alike at either end the old ones may stay, so that the
  // page lays out as few rows as can be.
  function exchange(body, old, nodes, next, mayStay) {
    const most = mayStay ? Math.min(old.length, nodes.length) : 0;
    const after = old.length ? old.at(-1).nextSibling : next;
    let head = 0;
    while (head < most && old[head].isEqualNode(nodes[head])) nodes[head] = old[head++];
    let tail = 0;
    while (tail < most - head && old.at(-1 - tail).isEqualNode(nodes.at(-1 - tail))) {
      tail += 1;
      nodes[nodes.length - tail] = old[old.length - tail];
    }
    const fresh = document.createDocumentFragment();
    fresh.append(...nodes.slice(head, nodes.length - tail));
    body.insertBefore(fresh, old[head] || after);
    old.slice(head, old.length - tail).forEach((node) => node.remove());
  }

  return Object.freeze({ show, piecesOf, forget });
})();
