/* Folds the filters where they would push the cases out of sight, and shows how far a download is. */
(() => {
  const filters = document.getElementById("search-filters");
  if (filters && matchMedia("(min-width: 1001px)").matches) filters.open = true;
  else if (filters && !filters.querySelector(".wrong")) filters.open = false;

  const form = document.getElementById("download");
  if (!form || !window.ReadableStream) return;
  const place = form.querySelector(".progress");
  const [bar, words] = [place.querySelector("progress"), place.querySelector("span")];
  const say = (text) => { words.textContent = text; };

  const tell = (line) => {
    const told = JSON.parse(line);
    if (told.problem) say(told.problem);
    else if (told.ready) {
      bar.value = bar.max;
      say(`${told.rows.toLocaleString("en")} rows of ${told.cases.toLocaleString("en")} cases are ready.`);
      location.assign(told.ready);
    } else {
      bar.max = Math.max(told.of, 1);
      bar.value = told.done;
      say(`${told.done.toLocaleString("en")} of ${told.of.toLocaleString("en")} cases`);
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    place.hidden = false;
    say("Beginning …");
    try {
      const headers = { Accept: "application/x-ndjson" };
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
      if (!response.body || !(response.headers.get("Content-Type") || "").includes("ndjson")) throw new Error(response.status);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (rest + part.value).split("\n");
        rest = lines.pop();
        lines.forEach(tell);
      }
    } catch (error) {
      say("The download could not be prepared. Try again; if it happens again, tell who runs the registry.");
    }
    button.disabled = false;
  });
})();
