/* Asks every half minute whether somebody in danger waits for an answer, and changes the one line that says so. Without
   this script the line is as new as the page. Asking is no use of the session: it locks as before, and then this ends. */
(() => {
  "use strict";

  const EVERY = 30000;
  const place = document.querySelector("[data-urgent]");
  if (!place) return;
  let said = place.textContent.trim();

  function show({ words, link, address }) {
    const now = words ? `${words} ${link}` : "";
    if (now === said) return;
    said = now;
    place.replaceChildren();
    if (!words) return;
    const line = document.createElement("p"), strong = document.createElement("strong"), way = document.createElement("a");
    line.className = "pressing";
    strong.textContent = words;
    way.textContent = link;
    way.href = address;
    line.append(strong, " ", way);
    place.append(line);
  }

  async function ask() {
    if (document.hidden) return;
    const answer = await fetch(place.dataset.urgent, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return clearInterval(timer); // locked, or signed out
    if (answer.ok) show(await answer.json());
  }

  const again = () => ask().catch(() => {}); // the line is down: the next turn asks anew
  const timer = setInterval(again, EVERY);
  document.addEventListener("visibilitychange", again);
})();
