/* The indexes of countries and topics: by name, by the number of articles, by region. */
(() => {
  "use strict";

  const buttons = [...document.querySelectorAll(".dw-order button")];
  const isHeading = (item) => item.classList.contains("dw-directory__region");
  const name = (item) => item.querySelector(".dw-directory__name").textContent.trim();
  const number = (item) => parseInt(item.querySelector(".dw-number").textContent, 10);
  const region = (item) => parseInt(item.dataset.region ?? 99, 10); // a country in none comes last
  const inOrder = new Intl.Collator(document.documentElement.lang).compare;
  const byName = (one, other) => inOrder(name(one), name(other));
  const orders = {
    name: byName,
    number: (one, other) => number(other) - number(one) || byName(one, other),
    region: (one, other) => region(one) - region(other) || byName(one, other),
  };

  /** The items in an order, under the headings of their regions where it is by these. */
  function arrange(list, order) {
    const all = [...list.children];
    const items = all.filter((item) => !isHeading(item)).sort(orders[order]);
    const headings = all.filter(isHeading);
    for (const heading of headings) {
      const first = items.findIndex((item) => !isHeading(item) && region(item) === region(heading));
      heading.hidden = order !== "region" || first < 0;
      items.splice(heading.hidden ? items.length : first, 0, heading);
    }
    list.append(...items);
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      for (const list of document.querySelectorAll(".dw-directory")) arrange(list, button.dataset.by);
    });
  }
})();
