/* Presses Continue again while something is left. Without this script a person presses it. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-goes-on]");
  if (form) setTimeout(() => form.requestSubmit(), 400);
})();
