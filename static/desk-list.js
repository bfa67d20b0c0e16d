/* Single letters move in a list: j and k (or the arrows, once a row has the focus), o opens, x ticks, / finds. They never
   do anything to a case, work outside of fields alone, and are off for whoever turned them off: then this file is not
   there. On a keyboard without Latin letters the places of the keys count. */
(() => {
  "use strict";

  const PLACES = { KeyJ: "j", KeyK: "k", KeyO: "o", KeyX: "x" };
  const list = document.querySelector("[data-moves]"), help = document.querySelector("[data-moves-help]");
  if (!list) return;
  if (help) help.hidden = false;
  const ways = [...list.querySelectorAll("tbody a.ref")];

  function letter(event) {
    if (/^[a-z/]$/i.test(event.key)) return event.key.toLowerCase();
    if (event.key === "." && event.code === "Slash") return "/";
    return /^\p{L}$/u.test(event.key) ? PLACES[event.code] : event.key;
  }

  const here = () => ways.findIndex((way) => way.closest("tr").contains(document.activeElement));

  function move(step) {
    const at = here(), to = at < 0 ? (step > 0 ? 0 : ways.length - 1) : at + step;
    if (!ways[to]) return;
    ways[to].focus({ preventScroll: true });
    ways[to].closest("tr").scrollIntoView({ block: "nearest" });
  }

  const acts = {
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => here() >= 0 && move(1),
    ArrowUp: () => here() >= 0 && move(-1),
    o: () => ways[here()]?.click(),
    x: () => ways[here()]?.closest("tr").querySelector("input[type=checkbox]")?.click(),
    "/": () => document.querySelector("form[role=search] input[type=search]")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("select, textarea, [contenteditable], input:not([type=checkbox])")) return;
    const act = acts[letter(event)];
    if (act && act() !== false) event.preventDefault();
  });
})();
