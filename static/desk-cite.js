/* "Write a sentence from this paragraph" adds the number to the field of sources without loading the page again, so that
   nobody loses the place in the account. Without script the same button sends the form, which comes back with it. */
(() => {
  "use strict";

  const form = document.getElementById("write-form");
  const sources = form?.elements.namedItem("sources"), text = form?.elements.namedItem("text");
  if (!sources || !text) return;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=cite]");
    if (!button) return;
    event.preventDefault();
    const named = sources.value.split(",").map((each) => each.trim()).filter(Boolean);
    if (!named.includes(button.value)) named.push(button.value);
    sources.value = named.join(", ");
    text.focus();
  });
})();
