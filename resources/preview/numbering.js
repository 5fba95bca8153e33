"use strict";

// What is numbered over the whole article, in the page: the same rules as in rendering/numbering.py, which has them in
// words. A chunk comes with the slugs of its headings as ids that begin with "~", with every reference to a note under
// the id of the first one, and with one way back from each note.
globalThis.numbering = (() => {
  const SLUG = "~";
  const REFERENCE = "fnref:";
  const WAY_BACK = "footnote-backref";
  const BETWEEN_WAYS_BACK = "\u00a0";

  // The page's own, before there is an article in it.
  const pageIds = Array.from(document.querySelectorAll("[id]"), (element) => element.id);
  // By what is shown as one, a section or a piece of a long table: what of it takes part; nothing where nothing does.
  const parts = new WeakMap();
  let isDue = false;

  // Take in what a holder, which is a section or a piece, is about to show, and say whether any of it takes part. It
  // stays due until `renumber` is called.
  function read(holder, contents) {
    const part = { slugs: [], given: [], references: [], waysBack: [] };
    for (const content of contents) collect(part, content);
    const before = parts.get(holder);
    const takesPart = Object.values(part).some((list) => list.length);
    if (before && namesOf(before) === namesOf(part)) inherit(part, before);
    else if (before || takesPart) isDue = true;
    if (takesPart) parts.set(holder, part);
    else parts.delete(holder);
    return takesPart;
  }

  function collect(part, content) {
    for (const element of content.querySelectorAll("[id]")) {
      const id = element.id;
      if (id.startsWith(SLUG)) part.slugs.push({ element, slug: id.slice(SLUG.length) });
      else if (element.localName === "sup" && id.startsWith(REFERENCE)) part.references.push({ element, first: id });
      else part.given.push(id);
    }
    for (const link of content.querySelectorAll(`a.${WAY_BACK}`)) {
      const first = (link.getAttribute("href") || "").replace(/^#/, "");
      if (!link.childElementCount) part.waysBack.push({ link, first, further: [] });
    }
  }

  // Whether something that is about to be shown may take part.
  function concerns(content) {
    return content.querySelector(`[id], a.${WAY_BACK}`) !== null;
  }

  // All that others are counted by.
  function namesOf({ slugs, given, references, waysBack }) {
    const first = (list) => list.map((each) => each.first);
    return JSON.stringify([slugs.map((each) => each.slug), given, first(references), first(waysBack)]);
  }

  // A key in a paragraph that refers to notes changes the number of none.
  function inherit(part, before) {
    part.slugs.forEach(({ element }, index) => rename(element, before.slugs[index].element.id));
    part.references.forEach(({ element }, index) => rename(element, before.references[index].element.id));
    part.waysBack.forEach((way, index) => leadBack(way, before.waysBack[index].further.length + 1));
  }

  // A holder goes, and with it perhaps a heading or a reference that others were counted after.
  function forget(holder) {
    if (parts.delete(holder)) isDue = true;
  }

  // Number anew what the holders show, which come in the article's order. Only what changes is written.
  function renumber(holders) {
    if (!isDue) return;
    isDue = false;
    const present = [];
    for (const holder of holders) {
      const part = parts.get(holder);
      if (part) present.push(part);
    }
    nameHeadings(present);
    const counts = countReferences(present);
    for (const part of present) part.waysBack.forEach((way) => leadBack(way, counts.get(way.first) || 1));
  }

  function nameHeadings(present) {
    const taken = new Set(pageIds);
    for (const part of present) part.given.forEach((id) => taken.add(id));
    const times = new Map();
    for (const part of present) {
      for (const { element, slug } of part.slugs) {
        let name = slug;
        while (taken.has(name)) {
          times.set(slug, (times.get(slug) || 0) + 1);
          name = `${slug}-${times.get(slug)}`;
        }
        taken.add(name);
        rename(element, name);
      }
    }
  }

  function countReferences(present) {
    const counts = new Map();
    for (const part of present) {
      for (const { element, first } of part.references) {
        const number = (counts.get(first) || 0) + 1;
        counts.set(first, number);
        rename(element, referenceId(first, number));
      }
    }
    return counts;
  }

  // Give a note as many ways back as it has references: those to the second and later ones follow the first.
  function leadBack(way, count) {
    while (way.further.length > Math.max(count - 1, 0)) way.further.pop().forEach((node) => node.remove());
    while (way.further.length < count - 1) {
      const link = way.link.cloneNode(true);
      link.setAttribute("href", `#${referenceId(way.first, way.further.length + 2)}`);
      const last = way.further.length ? way.further[way.further.length - 1][1] : way.link;
      const space = document.createTextNode(BETWEEN_WAYS_BACK);
      last.after(space, link);
      way.further.push([space, link]);
    }
  }

  function referenceId(first, number) {
    return number === 1 ? first : `fnref${number}:${first.slice(REFERENCE.length)}`;
  }

  function rename(element, id) {
    if (element.id !== id) element.id = id;
  }

  return Object.freeze({ concerns, read, forget, renumber });
})();
