"use strict";

// The pictures of the article's folder, which the page knows by another name. One that is not there gives way to its
// words until it is, and one that has changed is shown anew: a version in its address tells it from what it was.
globalThis.pictures = (() => {
  const FOLDER = "stet://article/";
  const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

  const article = document.getElementById("article");
  const versions = new Map();
  const missing = new WeakMap();
  let everyVersion = 0;

  // Give the images in what is about to be shown their addresses.
  function place(content) {
    for (const image of content.querySelectorAll("img[src]")) {
      const written = image.getAttribute("src").trim();
      if (!HAS_SCHEME.test(written)) {
        if (leavesFolder(written)) {
          image.replaceWith(standIn(image, written));
          continue;
        }
        image.setAttribute("src", addressOf(new URL(FOLDER + written)));
      }
      image.addEventListener("error", () => image.replaceWith(standIn(image, written)));
    }
  }

  // Chromium takes the dots that lead above a root for nothing, and would show another picture of that name instead.
  function leavesFolder(address) {
    return !new URL(address, FOLDER + "in/").href.startsWith(FOLDER + "in/");
  }

  function addressOf(url) {
    const version = everyVersion + (versions.get(url.pathname) || 0);
    url.search = version ? String(version) : "";
    return url.href;
  }

  function standIn(image, written) {
    const span = document.createElement("span");
    span.className = "image-missing";
    span.title = written;
    span.textContent = image.alt || "image";
    missing.set(span, image);
    return span;
  }

  // The pictures at these paths, encoded as in their addresses, have changed or come; without paths, all may have.
  function renew(paths) {
    if (!paths) everyVersion += 1;
    for (const path of paths || []) versions.set(path, (versions.get(path) || 0) + 1);
    const concerns = (image) =>
      image?.src.startsWith(FOLDER) && (!paths || paths.includes(new URL(image.src).pathname));
    for (const image of article.querySelectorAll("img")) {
      if (concerns(image)) image.src = addressOf(new URL(image.src));
    }
    for (const span of article.querySelectorAll(".image-missing")) {
      const image = missing.get(span);
      if (concerns(image)) tryAgain(span, image);
    }
  }

  // The words stand until the picture is whole.
  function tryAgain(span, image) {
    image.addEventListener("load", () => span.replaceWith(image), { once: true });
    image.src = addressOf(new URL(image.src));
  }

  return Object.freeze({ place, renew });
})();
