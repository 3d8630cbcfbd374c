// Renews what is shown of work in the background until it has ended.
"use strict";
(() => {
  const shown = document.getElementById("progress");
  const busy = () => shown.contains(document.activeElement);
  async function renew() {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const renewed = page.getElementById("progress");
    // Nothing is taken away from under whoever is on a button.
    if (renewed && !busy()) {
      shown.replaceChildren(...renewed.childNodes);
      shown.dataset.state = renewed.dataset.state;
      if (!renewed.dataset.renew) delete shown.dataset.renew;
    }
    wait();
  }
  function wait() {
    if (shown.dataset.renew) setTimeout(() => renew().catch(wait), 1000 * Number(shown.dataset.renew));
  }
  wait();
})();
