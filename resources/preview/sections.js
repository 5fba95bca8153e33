"use strict";

// The article's sections, one a chunk, and where they stand in the page: in runs, each a box that is laid out when it
// comes near the window. Chromium looks in every frame where each such box is, and lays out at once all that is in one:
// of many small ones a frame in a long article is slow, of few large ones the first sight of each.
globalThis.sections = (() => {
  const USUAL = 24;
  const LONGEST = 2 * USUAL;

  const article = document.getElementById("article");
  const byChunk = new Map();
  let all = [];

  // Let sections for `chunks`, which are identities, stand in the place of `removed` ones from the index `first` on. As
  // many as there are on both sides stay, under another name. It answers with those that are `present` in that place,
  // and those that are `gone`.
  function exchange(first, removed, chunks) {
    const gone = all.slice(first, first + removed);
    const kept = gone.splice(0, chunks.length);
    const fresh = Array.from(chunks.slice(kept.length), () => document.createElement("stet-chunk"));
    const present = kept.concat(fresh);
    if (fresh.length) insert(fresh, kept.at(-1) || all[first - 1]);
    gone.forEach(remove);
    present.forEach((section, index) => name(section, String(chunks[index])));
    all = all.slice(0, first).concat(present, all.slice(first + removed));
    return { present, gone };
  }

  function name(section, chunk) {
    unname(section);
    section.dataset.chunk = chunk;
    byChunk.set(chunk, section);
  }

  // Another section may have taken its name meanwhile.
  function unname(section) {
    if (byChunk.get(section.dataset.chunk) === section) byChunk.delete(section.dataset.chunk);
  }

  function remove(section) {
    unname(section);
    const run = section.parentNode;
    section.remove();
    if (!run.firstChild) run.remove();
  }

  // After the section `previous`, or at the beginning.
  function insert(fresh, previous) {
    const run = previous?.parentNode || article.firstChild || article.appendChild(newRun());
    const next = previous ? previous.nextSibling : run.firstChild;
    for (const section of fresh) run.insertBefore(section, next);
    divide(run);
  }

  function newRun() {
    const run = document.createElement("stet-run");
    return run;
  }

  function divide(run) {
    const inIt = [...run.children];
    while (inIt.length > LONGEST) {
      const next = newRun();
      for (const section of inIt.splice(-USUAL)) next.append(section);
      run.after(next);
    }
  }

  const inOrder = () => all;

  const of = (chunk) => byChunk.get(String(chunk));

  // The section before or after another, whatever run it is in.
  function previous(section) {
    return section.previousSibling || section.parentNode.previousSibling?.lastChild;
  }

  function next(section) {
    return section.nextSibling || section.parentNode.nextSibling?.firstChild;
  }

  return Object.freeze({ exchange, inOrder, of, previous, next });
})();
