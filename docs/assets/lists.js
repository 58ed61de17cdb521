/* The indexes of countries and topics: by name, or by the number of articles. */
(() => {
  "use strict";

  const buttons = [...document.querySelectorAll(".dw-order button")];
  const name = (item) => item.querySelector(".dw-directory__name").textContent.trim();
  const number = (item) => parseInt(item.querySelector(".dw-number").textContent, 10);
  const inOrder = new Intl.Collator(document.documentElement.lang).compare;
  const orders = {
    name: (one, other) => inOrder(name(one), name(other)),
    number: (one, other) => number(other) - number(one) || inOrder(name(one), name(other)),
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      for (const list of document.querySelectorAll(".dw-directory")) {
        list.append(...[...list.children].sort(orders[button.dataset.by]));
      }
    });
  }
})();
