"use strict";

// A key in a paragraph changes its words and nothing else. To change them where they stand leaves Chromium its lines, its
// styles and most of what it has drawn, and the reader what is selected.
globalThis.rewording = (() => {
  // Let `shown` read as `wanted` does. False, with nothing changed, where more than words differs.
  function reword(shown, wanted) {
    const changes = [];
    if (!compare(shown, wanted, changes)) return false;
    changes.forEach(write);
    return true;
  }

  function compare(shown, wanted, changes) {
    let there = shown.firstChild;
    for (let node = wanted.firstChild; node; node = node.nextSibling) {
      if (!there || there.nodeName !== node.nodeName) return false;
      if (node.nodeType === Node.TEXT_NODE) {
        if (there.data !== node.data) changes.push({ there, data: node.data });
      } else if (node.nodeType !== Node.ELEMENT_NODE || !hasSameAttributes(there, node)) return false;
      else if (!compare(there, node, changes)) return false;
      there = there.nextSibling;
    }
    return !there;
  }

  function hasSameAttributes(one, other) {
    if (one.attributes.length !== other.attributes.length) return false;
    return Array.prototype.every.call(other.attributes, ({ name, value }) => one.getAttribute(name) === value);
  }

  // Only what differs is replaced: lines before it keep their place, and ranges in the text theirs.
  function write({ there, data }) {
    const before = there.data;
    const shorter = Math.min(before.length, data.length);
    let start = 0;
    while (start < shorter && before[start] === data[start]) start += 1;
    let end = 0;
    while (end < shorter - start && before.at(-1 - end) === data.at(-1 - end)) end += 1;
    there.replaceData(start, before.length - start - end, data.slice(start, data.length - end));
  }

  return Object.freeze({ reword });
})();
