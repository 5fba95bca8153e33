"use strict";

// Where the writer looks: brings the page to a place of the text, says which place is in view or under the pointer, and
// marks the block that holds the caret. It knows the article as sections.js keeps it: one <stet-chunk> a chunk, in runs.
//
// A place is {chunk, share, count, item, part}: the chunk by its identity, then a Spot of editor.core.spots. One that is
// told also has the chunk's `index`. `at` is how far down the window the place is to stand, from 0 to 1.
globalThis.places = (() => {
  const LANDMARKS = "tr, li";
  const PRESS_MS = 500;
  const HAS_OWN_USE = "a[href], summary, input";
  const MARGIN = 40;
  const WORDS = 24;

  const article = document.getElementById("article");
  const page = document.documentElement;
  const mark = page.appendChild(document.createElement("stet-caret"));
  mark.hidden = true;

  let caret = null;
  let followed = null;
  let keepCaret = false;
  let toShow = null;
  let isDue = false;

  // Boxes, in pixels from the top of the window

  const boxOf = (element) => element.getBoundingClientRect();

  // Chromium lays out only what is near the window: what is in other runs has no boxes that can be believed.
  const isLaidOut = (box) => box.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) ?? false;

  // Where a section is; in a run that is not laid out, where it would be if all in it were of one height.
  function outerBoxOf(section) {
    const run = section.parentNode;
    if (isLaidOut(run)) return boxOf(section);
    const { top, height } = boxOf(run);
    const each = height / run.children.length;
    const above = top + each * Array.prototype.indexOf.call(run.children, section);
    return { top: above, bottom: above + each, height: each };
  }

  const landmarksOf = (section) => (isLaidOut(section) ? section.querySelectorAll(LANDMARKS) : []);

  // What a chunk shows, without the margin above it; null for one that shows nothing.
  function contentOf(section) {
    const box = outerBoxOf(section);
    if (!box.height) return null;
    if (!isLaidOut(section)) return { top: box.top, bottom: box.bottom };
    return { top: boxOf(section.firstElementChild).top, bottom: boxOf(section.lastElementChild).bottom };
  }

  // What the first chunk shows that shows anything, from a section on by such steps.
  function firstContent(section, step) {
    for (let at = section; at; at = step(at)) {
      const content = contentOf(at);
      if (content) return content;
    }
    return null;
  }

  // A chunk that shows nothing, such as the front matter, stretches over what lies between its neighbours.
  function extentOf(section) {
    const content = contentOf(section);
    if (content) return content;
    const before = firstContent(section, sections.previous);
    const after = firstContent(section, sections.next);
    return { top: before ? before.bottom : -scrollY, bottom: after ? after.top : page.scrollHeight - scrollY };
  }

  function between(landmarks, item, content) {
    const next = landmarks[item + 1];
    return { top: item < 0 ? content.top : boxOf(landmarks[item]).top, bottom: next ? boxOf(next).top : content.bottom };
  }

  // From places to pixels

  // A chunk that is not here yet, or no longer, is where the place last was.
  function sectionOf(place) {
    place.section = sections.of(place.chunk) || place.section;
    return place.section?.isConnected ? place.section : null;
  }

  function heightOf(place, section) {
    const content = extentOf(section);
    const landmarks = landmarksOf(section);
    if (!landmarks.length || landmarks.length !== place.count) {
      return content.top + place.share * (content.bottom - content.top);
    }
    const { top, bottom } = between(landmarks, place.item, content);
    return top + place.part * (bottom - top);
  }

  // The block to be marked: the row or item that holds the place, else all that its chunk shows.
  function blockOf(place, section) {
    const content = contentOf(section);
    const landmarks = landmarksOf(section);
    if (!content || landmarks.length !== place.count || place.item < 0) return content;
    const box = boxOf(landmarks[place.item]);
    return { top: box.top, bottom: Math.min(box.bottom, between(landmarks, place.item, content).bottom) };
  }

  // Scrolling

  const room = () => page.scrollHeight - page.clientHeight;

  // A place that is to stand at the bottom of the window stands above what comes after the last chunk.
  function offsetOf(at) {
    const last = firstContent(sections.inOrder().at(-1), sections.previous);
    const below = last ? page.scrollHeight - scrollY - last.bottom : 0;
    return at * (page.clientHeight - Math.min(below, page.clientHeight / 2));
  }

  function scrollTo(top) {
    const wanted = Math.round(Math.max(0, Math.min(top, room())));
    if (Math.abs(wanted - scrollY) >= 1) globalThis.scrollTo({ top: wanted, behavior: "instant" });
  }

  function bring({ place, at }) {
    if (at <= 0 || at >= 1) {
      scrollTo(at <= 0 ? 0 : room());
      return;
    }
    const section = sectionOf(place);
    if (section) scrollTo(scrollY + heightOf(place, section) - offsetOf(at));
  }

  function reveal(place) {
    const section = sectionOf(place);
    const block = section && blockOf(place, section);
    if (!block) return;
    const height = page.clientHeight;
    const margin = Math.min(MARGIN, height / 6);
    let { top, bottom } = block;
    if (bottom - top > height - 2 * margin) top = bottom = heightOf(place, section);
    if (top < margin) scrollTo(scrollY + top - margin);
    else if (bottom > height - margin) scrollTo(scrollY + bottom - height + margin);
  }

  // A chunk that is not here yet leaves the mark where it is, so that it does not flicker.
  function drawMark() {
    const section = caret && sectionOf(caret);
    if (caret && !section) return;
    const block = section && blockOf(caret, section);
    mark.hidden = !block;
    if (!block) return;
    const column = boxOf(article).left + parseFloat(getComputedStyle(article).paddingLeft);
    const left = isLaidOut(section) ? Math.min(column, boxOf(section.firstElementChild).left) : column;
    mark.style.left = `${left + scrollX}px`;
    mark.style.top = `${block.top + scrollY}px`;
    mark.style.height = `${block.bottom - block.top}px`;
  }

  function settle() {
    isDue = false;
    if (toShow) reveal(toShow);
    if (followed) bring(followed);
    if (keepCaret && caret) reveal(caret);
    drawMark();
  }

  // Once a frame, however much has happened.
  function refresh() {
    if (!isDue) requestAnimationFrame(settle);
    isDue = true;
  }

  // What was estimated or still loading has its height now: stand where it was meant to, before that is painted.
  new ResizeObserver(settle).observe(article);

  // A run comes near or goes: its blocks have boxes now, or no longer, though its own may be as high as it was.
  article.addEventListener("contentvisibilityautostatechange", refresh, true);

  // Asked from outside

  // The reader scrolls the page: it stays where it is put.
  function letGo() {
    followed = toShow = null;
    keepCaret = false;
  }

  // The text has scrolled: follow it; `withCaret` keeps the caret in view all the same.
  function follow(place, at, withCaret) {
    letGo();
    followed = { place, at };
    keepCaret = withCaret;
    refresh();
  }

  // The caret stands there now; with `reveal`, where the reader sees it.
  function setCaret(place, isToBeSeen) {
    caret = place;
    if (isToBeSeen) {
      letGo();
      keepCaret = true;
    }
    refresh();
  }

  // Bring a place into view, as soon as its chunk is here.
  function show(place) {
    letGo();
    toShow = place;
    refresh();
  }

  // From pixels to places

  // The first of some that reaches below a height; they lie one below the other.
  function firstBelow(y, some, boxIn) {
    let low = 0;
    let high = some.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (boxIn(some[middle]).bottom > y) high = middle;
      else low = middle + 1;
    }
    return some[low];
  }

  const sectionAt = (y) => firstBelow(y, firstBelow(y, article.children, boxOf).children, outerBoxOf);

  function lastAbove(landmarks, y) {
    let low = -1;
    let high = landmarks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (boxOf(landmarks[middle]).top <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  const shareOf = ({ top, bottom }, y) => (bottom > top ? Math.max(0, Math.min((y - top) / (bottom - top), 1)) : 0);

  function placeAt(y) {
    let section = sectionAt(y);
    if (y < extentOf(section).top && !firstContent(sections.previous(section), sections.previous)) {
      section = sections.inOrder()[0];
    }
    const extent = extentOf(section);
    const landmarks = landmarksOf(section);
    const item = lastAbove(landmarks, y);
    return {
      index: sections.inOrder().indexOf(section),
      chunk: section.dataset.chunk,
      share: shareOf(extent, y),
      count: landmarks.length,
      item,
      part: shareOf(between(landmarks, item, extent), y),
    };
  }

  // The place that is in view where the text is to show it, and how far down: null where nothing can scroll.
  function inView() {
    if (room() < 1 || !article.firstChild) return null;
    const at = Math.max(0, Math.min(scrollY / room(), 1));
    return { ...placeAt(offsetOf(at)), at: room() - scrollY < 1 ? 1 : at };
  }

  function wordsAt(x, y) {
    const caretThere = document.caretRangeFromPoint(x, y);
    const node = caretThere?.startContainer;
    if (node?.nodeType !== Node.TEXT_NODE) return ["", ""];
    const offset = caretThere.startOffset;
    return [node.data.slice(Math.max(0, offset - WORDS), offset), node.data.slice(offset, offset + WORDS)];
  }

  // What the last press was on, before the page moved: it may come here sooner or later than the question for it.
  let press = null;
  document.addEventListener(
    "mousedown",
    (event) => {
      letGo(); // a link may move the page before Qt has said so
      press = { x: event.clientX, y: event.clientY, when: event.timeStamp };
      press.under = underPointer(press.x, press.y);
    },
    { capture: true, passive: true },
  );

  // The place under a pointer that is pressed there, with the words around it; null on what a click has another
  // meaning for.
  function underPress(x, y) {
    const isPressed = press && performance.now() - press.when < PRESS_MS && Math.hypot(press.x - x, press.y - y) < 2;
    return isPressed ? press.under : underPointer(x, y);
  }

  function underPointer(x, y) {
    const element = document.elementFromPoint(x, y);
    if (!article.firstChild || element?.closest(HAS_OWN_USE)) return null;
    const [before, after] = wordsAt(x, y);
    return { ...placeAt(y), before, after, at: y / page.clientHeight };
  }

  return Object.freeze({ follow, setCaret, show, letGo, refresh, inView, underPress });
})();
