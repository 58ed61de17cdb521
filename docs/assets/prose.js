/* Pages written by hand: what Material's script would do for them. */
(() => {
  "use strict";

  const { say } = dw;

  // What scrolls in its own box on a hand-written page can be reached and scrolled by keyboard.
  function reachScrolled() {
    for (const box of document.querySelectorAll(".dw-prose :is(pre > code, .md-typeset__scrollwrap)")) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", box.localName === "code" ? say("Example, scrolls") : say("Table, scrolls"));
      } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
  if (document.querySelector(".dw-prose")) {
    // As Material's script does it.
    for (const table of document.querySelectorAll(".dw-prose .md-typeset table:not([class])")) {
      if (table.closest(".md-typeset__scrollwrap")) continue;
      const [wrap, inner] = ["md-typeset__scrollwrap", "md-typeset__table"].map((name) =>
        Object.assign(document.createElement("div"), { className: name }));
      table.replaceWith(wrap);
      inner.append(table);
      wrap.append(inner);
    }
    window.addEventListener("load", reachScrolled);
    window.addEventListener("resize", reachScrolled);
  }

  // A link into a tab opens it: what Material's partials/javascripts/content.html does (9.8).
  const tab = document.getElementById(location.hash.slice(1));
  if (tab?.name?.startsWith("__tabbed_")) tab.checked = true;
})();
