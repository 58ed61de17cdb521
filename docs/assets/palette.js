/* The colours that a reader chose, before the page below the masthead is painted: what Material's
   partials/javascripts/palette.html does (9.8). */
(() => {
  "use strict";

  let colour = null;
  try {
    colour = __md_get("__palette")?.color;
  } catch {
    // Storage may be forbidden, or hold anything.
  }
  if (!colour) return;
  if (colour.media === "(prefers-color-scheme)") {
    const light = matchMedia("(prefers-color-scheme: light)").matches;
    const wanted = `(prefers-color-scheme: ${light ? "light" : "dark"})`;
    const input = document.querySelector(`[data-md-color-media="${wanted}"]`);
    colour = { media: wanted };
    for (const key of ["scheme", "primary", "accent"]) {
      colour[key] = input?.getAttribute(`data-md-color-${key}`);
    }
  }
  for (const [key, value] of Object.entries(colour)) {
    if (value) document.body.setAttribute(`data-md-color-${key}`, value);
  }
})();
