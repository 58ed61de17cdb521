/* Where searches are: in a panel below the header's box, and in the search page. */

import { make, say } from "./entry.js";
import { View } from "./view.js";

/** Results below the box in the header. */
export function openPanel(form, input, root) {
  const panel = make("div", { class: "dw-search__panel", hidden: true });
  form.append(panel);
  const view = new View(input, panel, root, { panel: true });
  const show = (shown) => {
    panel.hidden = !shown;
  };
  view.onChange = () => show(view.hasQuery && form.contains(document.activeElement));
  input.addEventListener("focus", () => show(view.hasQuery));
  // Escape first closes the panel, then empties and leaves the box.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (!panel.hidden && document.activeElement !== input) input.focus();
    else if (!panel.hidden) show(false);
    else input.blur();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  // A click on what cannot take the focus would close the panel under the pointer.
  panel.tabIndex = -1;
  view.update();
}

/** The search page: its own box, remembered in its address. */
export function openPage(place, root) {
  const address = new URLSearchParams(location.search);
  const input = make("input", {
    class: "dw-search-page__input",
    type: "search",
    id: "dw-search-page-input",
    name: "q",
    maxlength: 200,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "search",
    "aria-keyshortcuts": "/ s",
  });
  const label = make(
    "label",
    { for: input.id },
    say("Words in English or Indonesian"),
    document.documentElement.lang === "id"
      ? null
      : make("span", { lang: "id", class: "dw-search__beside" }, "Kata dalam bahasa Inggris atau Indonesia"),
  );
  const form = make("form", { role: "search", class: "dw-search-page__form" }, label, input);
  const results = make("div");
  place.replaceChildren(form, results);
  input.value = address.get("q") ?? "";
  const view = new View(input, results, root, { panel: false, address });
  view.onChange = () => {
    const url = new URL(location.href);
    url.search = view.address.toString();
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    view.update({ sent: true });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && input.value) {
      event.preventDefault();
      view.clear();
    }
  });
  if (!input.value) input.focus({ preventScroll: true });
  view.update();
}
