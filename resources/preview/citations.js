"use strict";

// Citations in the preview, coloured where there is something to say of them. They are painted over the text and are no
// part of the page: a table that answers another citation changes what is painted and nothing that is shown.
//
// One that the table answers reads as prose does: what is wrong stands out, and beside many painted ranges Chromium takes
// ten milliseconds longer for each frame.
//
// A mark is [letters, state, closes]: the citation's letters and digits in their order, what there is to say of it, and
// whether it ends with a bracket. Marks come by chunk, before it or after: meanwhile its section keeps those that it had,
// so far as their letters are still there. Only what is in sight is painted.
globalThis.citations = (() => {
  const PAINTED = ["missing", "contradicting", "ambiguous"];
  const LETTER = /[\p{L}\p{N}]/u;
  const PASSED_OVER = "code, pre, style";

  const byChunk = new Map();
  const last = new WeakMap();
  const painted = new WeakMap();
  const paints = new Map(PAINTED.map((state) => [state, new Highlight()]));
  for (const [state, paint] of paints) CSS.highlights.set(`citation-${state}`, paint);

  // Let chunks have these marks: {chunk, marks}, and forget the chunks that are `gone`.
  function mark(changes, gone) {
    gone.forEach((chunk) => byChunk.delete(String(chunk)));
    for (const { chunk, marks } of changes) {
      byChunk.set(String(chunk), marks);
      const section = sections.of(chunk);
      if (section) paint(section);
    }
  }

  // To find a mark costs more than the rest of a frame's script: what has no colour is found when it is pointed at.
  function paint(section) {
    forget(section);
    const marks = byChunk.get(section.dataset.chunk) || last.get(section);
    if (!marks?.length) return;
    if (!marks.some(([, state]) => paints.has(state))) {
      last.set(section, marks);
      return;
    }
    if (!section.firstElementChild?.checkVisibility({ contentVisibilityAuto: true })) return;
    const ranges = find(section, marks).filter(({ state }) => paints.has(state));
    for (const { range, state } of ranges) paints.get(state).add(range);
    painted.set(section, ranges);
    last.set(section, marks);
  }

  function forget(section) {
    for (const { range, state } of painted.get(section) || []) paints.get(state).delete(range);
    painted.delete(section);
  }

  // The text's letters with where each stands.
  function lettersOf(section) {
    const places = [];
    let letters = "";
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(PASSED_OVER)) continue;
      let offset = 0;
      for (const letter of node.data) {
        if (LETTER.test(letter)) {
          letters += letter;
          for (let unit = 0; unit < letter.length; unit++) places.push({ node, offset, end: offset + letter.length });
        }
        offset += letter.length;
      }
    }
    return { letters, places };
  }

  function find(section, marks) {
    const { letters, places } = lettersOf(section);
    const found = [];
    let from = 0;
    marks.forEach(([wanted, state, closes], index) => {
      let at = letters.indexOf(wanted, from);
      while (at > 0 && isWithinWord(places, at)) at = letters.indexOf(wanted, at + 1);
      if (at < 0) return; // it stands elsewhere in the page, as a note does
      from = at + wanted.length;
      const first = places[at];
      const last = places[from - 1];
      const end = closes && /^[)\]]/.test(last.node.data.slice(last.end)) ? last.end + 1 : last.end;
      const range = document.createRange();
      range.setStart(first.node, first.offset);
      range.setEnd(last.node, end);
      found.push({ range, state, index });
    });
    return found;
  }

  function isWithinWord(places, at) {
    const before = places[at - 1];
    return before.node === places[at].node && before.end === places[at].offset;
  }

  // Which citation is at a place of the window: {chunk, index} among the marks of its chunk, or null.
  function at(x, y) {
    const place = document.caretRangeFromPoint(x, y);
    const section = place?.startContainer.parentElement?.closest("stet-chunk");
    const marks = section && last.get(section);
    const found = marks && find(section, marks).find(({ range }) => {
      const boxes = [...range.getClientRects()];
      return boxes.some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
    });
    return found ? { chunk: section.dataset.chunk, index: found.index } : null;
  }

  // Sections come into sight and go.
  document.getElementById("article").addEventListener(
    "contentvisibilityautostatechange",
    (event) => {
      const { target } = event;
      for (const section of target.localName === "stet-chunk" ? [target] : target.children) paint(section);
    },
    true,
  );

  return Object.freeze({ mark, paint, forget, at });
})();
