// Search: arrow down goes from the box into the list. Registration: an identity number fills birth date and sex.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-results]");
    if (box && event.key === "ArrowDown") {
      const first = document.getElementById(box.dataset.results)?.querySelector(".row-link a");
      if (first) { event.preventDefault(); first.focus(); }
      return;
    }
    const row = event.target.closest?.(".row-link");
    if (!row || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const beside = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    event.preventDefault();
    (beside?.querySelector("a") || document.querySelector("[data-results]"))?.focus();
  });
  // The search box sends itself when a pause is made; Enter opens the only or first person found.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".people-search")) return;
    const rows = document.querySelectorAll("#people-results .work-list .row-link a");
    if (rows.length === 1) { event.preventDefault(); rows[0].click(); }
  });

  // The township narrows the villages; the institution leads to its township. All villages come with the page.
  for (const township of document.querySelectorAll("select[data-narrows]")) {
    const region = document.getElementById(township.dataset.narrows);
    const groups = [...region.querySelectorAll("optgroup")];
    if (!groups.length) continue;
    const nameOf = () => township.value && township.selectedOptions[0].textContent;
    const narrow = () => {
      const before = region.value;
      region.querySelectorAll("optgroup").forEach((group) => group.remove());
      region.append(...groups.filter((group) => !nameOf() || group.label === nameOf()));
      region.value = before;
      if (region.selectedIndex < 0) region.value = "";
    };
    township.addEventListener("change", narrow);
    const institution = document.querySelector(`select[data-leads="${township.id}"]`);
    institution?.addEventListener("change", () => {
      const own = institution.selectedOptions[0]?.dataset.township;
      if (own && [...township.options].some((option) => option.value === own)) { township.value = own; narrow(); }
    });
    narrow();
  }

  const form = document.querySelector("[data-register]");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const hint = form.querySelector("[data-number-hint]");
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const isRight = (number) => "10X98765432"[weights.reduce((sum, weight, at) => sum + weight * number[at], 0) % 11] === number[17];
  const read = () => {
    const number = field("id_number").value.replace(/[\s-]/g, "").toUpperCase();
    hint.textContent = "";
    if (field("document_kind").value !== "01" || !/^\d{17}[\dX]$/.test(number)) return;
    if (!isRight(number)) { hint.textContent = hint.dataset.wrong; return; }
    hint.textContent = hint.dataset.right;
    field("birth_date").value = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
    field("sex").value = Number(number[16]) % 2 ? "1" : "2";
    field("undocumented").value = "";
  };
  field("id_number").addEventListener("input", read);
  field("document_kind").addEventListener("change", read);
})();
