/* Pages written by hand: what Material's script would do for them. */
(() => {
  "use strict";

  const { say } = dw;

  // What scrolls in its own box on a hand-written page can be reached and scrolled by keyboard. Its
  // name is that of the section, with a number from the second one in it on.
  function reachScrolled() {
    const known = new Map();
    let section = "";
    for (const box of document.querySelectorAll(".dw-prose :is(h1, h2, h3, h4, pre > code, .md-typeset__scrollwrap)")) {
      if (/^h\d$/.test(box.localName)) section = box.firstChild?.textContent.trim() ?? "";
      else if (box.scrollWidth > box.clientWidth) {
        const what = `${box.localName === "code" ? say("Example, scrolls") : say("Table, scrolls")}: ${section}`;
        known.set(what, (known.get(what) ?? 0) + 1);
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", known.get(what) > 1 ? `${what} (${known.get(what)})` : what);
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
