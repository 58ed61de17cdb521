/* Lists were once numbered from the newest article (country/us/page/12/): the list is still there. */
(() => {
  "use strict";

  const list = location.pathname.match(/^(.*\/)page\/\d+\/(index\.html)?$/);
  if (list) location.replace(list[1]);
})();
