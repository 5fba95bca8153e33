"use strict";

// How the page looks: the sheet `#look`, which the program makes of the theme and the folder's own style, after dark as
// the window is. What the desktop prefers is nothing to go by, since a writer may have chosen otherwise for the window.
globalThis.looks = (() => {
  const DARK = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi;
  const LIGHT = /\(\s*prefers-color-scheme\s*:\s*light\s*\)/gi;
  const ALWAYS = "(width >= 0px)";
  const NEVER = "(width < 0px)";

  const conditions = new WeakMap();
  let isDark = false;
  let wanted = document.getElementById("look");
  let worn = wanted;

  // Let the conditions of these rules, and of those in them, be met by the window's light or dark.
  function answer(rules) {
    for (const rule of rules) {
      if (rule.media && rule.cssRules) {
        const asWritten = conditions.get(rule) || rule.media.mediaText;
        const asMet = asWritten.replace(DARK, isDark ? ALWAYS : NEVER).replace(LIGHT, isDark ? NEVER : ALWAYS);
        conditions.set(rule, asWritten);
        if (asMet !== rule.media.mediaText) rule.media.mediaText = asMet;
      }
      if (rule.cssRules?.length) answer(rule.cssRules);
    }
  }

  function setDark(dark) {
    isDark = dark;
    if (worn.sheet) answer(worn.sheet.cssRules);
  }

  // Have the sheet as it is now in the place of the one that is worn, which stays until the other is all there.
  function renew(version) {
    const next = document.createElement("link");
    next.rel = "stylesheet";
    next.media = "not all";
    next.href = `stet://shell/look.css?${version}`;
    wanted = next;
    next.addEventListener("load", () => {
      if (next !== wanted) return next.remove();
      worn.remove();
      worn = next;
      setDark(isDark);
      next.sheet.media.mediaText = "all"; // not the link's own, for which it would be loaded once more
    });
    document.head.append(next);
  }

  // The ground of the page as red, green and blue, or null where it is none of one colour.
  function paper() {
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    return /^rgb\(/.test(ground) ? ground.match(/\d+/g).map(Number) : null;
  }

  return Object.freeze({ setDark, renew, paper });
})();
