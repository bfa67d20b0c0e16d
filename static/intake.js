/* Leaving at once (ux.md X2 to X4): the button, its hidden twin, or Shift three times within five seconds.
   Without this file the same links lead out; it keeps nothing and asks no other host. Besides, Enter in the field of the
   number goes on.

   A press of Shift counts when the key goes down and up again by itself: not as part of a capital letter, a shortcut,
   a change of the keyboard (Alt and Shift, Ctrl and Shift) or a selection by mouse or arrows; any other key begins the
   count anew. event.key says "Shift" on every layout. Three, because five open a dialogue of Windows. With sticky keys
   the key does not come up between presses; then going down again is what counts. */
(function () {
  "use strict";

  var PRESSES = 3, WITHIN = 5000;
  var times = [], isDown = false, isAlone = false;

  function cover() {
    document.body.textContent = ""; // typed words go with it, so that no copy of the page can show them again
  }

  function leave(path) {
    cover();
    location.replace(path); // Back does not come here any more
  }

  function count(at) {
    times = times.filter(function (each) { return at - each < WITHIN; });
    times.push(at);
    return times.length;
  }

  function out() {
    var link = document.querySelector("a.exit");
    if (link) leave(link.getAttribute("href"));
  }

  function forget() {
    times = [];
    isAlone = false;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) { forget(); return; }
    if (event.repeat) return; // held down, perhaps on the way to a capital letter
    if (isDown && isAlone && count(event.timeStamp) === PRESSES - 1) { out(); return; }
    isDown = isAlone = true;
  }, true);

  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") return;
    var counts = isAlone;
    isDown = isAlone = false;
    if (counts && count(event.timeStamp) === PRESSES) out();
  }, true);

  document.addEventListener("mousedown", forget, true);

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('a[href^="/exit/"]');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    leave(link.getAttribute("href"));
  });

  document.addEventListener("keydown", function (event) { // the field of the number has two lines; Enter goes on
    var field = event.target, go = field.form && field.form.querySelector("button.go");
    if (event.key !== "Enter" || field.className !== "number" || !go) return;
    event.preventDefault();
    go.click();
  });

  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return; // a copy that the browser kept: ask the server what there is to see now
    cover();
    location.replace(location.pathname + location.search);
  });
})();
