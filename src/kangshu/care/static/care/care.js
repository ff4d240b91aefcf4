// Diagnosis rows: suggestions while typing, arrows and Enter choose; spare rows appear when asked for.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  for (const button of document.querySelectorAll("[data-show-spare]")) {
    button.addEventListener("click", () => {
      const spare = document.querySelector(`${button.dataset.showSpare}.is-spare`);
      if (!spare) return;
      spare.classList.remove("is-spare");
      spare.querySelector("input")?.focus();
      if (!document.querySelector(`${button.dataset.showSpare}.is-spare`)) button.hidden = true;
    });
  }
  const listOf = (input) => document.getElementById(input.dataset.suggestions);
  const hide = (input) => { const list = listOf(input); list.classList.remove("show"); list.replaceChildren(); };
  let waiting = 0;
  for (const input of document.querySelectorAll("[data-suggestions]")) {
    const row = input.closest("[data-row]").dataset.row;
    const code = document.getElementById(`diagnosis-${row}-code`);
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        if (!input.value.trim()) { hide(input); return; }
        const asked = input.value;
        const answer = await fetch(`${input.dataset.search}?row=${row}&typed-search=${encodeURIComponent(asked)}`);
        if (!answer.ok || input.value !== asked) return;
        const list = listOf(input);
        list.innerHTML = await answer.text();
        list.classList.toggle("show", list.children.length > 0);
      }, 200);
    });
    const pick = (item) => { input.value = item.dataset.name; code.value = item.dataset.code; hide(input); input.focus(); };
    listOf(input).addEventListener("click", (event) => {
      const item = event.target.closest("[data-pick]");
      if (item) pick(item);
    });
    const move = (event) => {
      const items = [...listOf(input).querySelectorAll("[data-pick]")];
      const at = items.indexOf(document.activeElement);
      if (event.key === "Escape") hide(input);
      else if (event.key === "ArrowDown" && items.length) { event.preventDefault(); items[Math.min(at + 1, items.length - 1)].focus(); }
      else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (items[at - 1] || input).focus(); }
      else if (event.key === "Enter" && items.length) { event.preventDefault(); pick(items[Math.max(at, 0)]); }
    };
    input.addEventListener("keydown", move);
    listOf(input).addEventListener("keydown", move);
  }
})();
