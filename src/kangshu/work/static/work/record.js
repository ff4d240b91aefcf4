// Filling a form: what is asked, what was there last time, warnings at once, the draft against a bad line.
"use strict";
(() => {
  const DRAFT_LIFE = 24 * 3600 * 1000;
  const done = document.querySelector("[data-draft-done]");
  if (done) localStorage.removeItem(`kangshu-draft:${done.dataset.draftDone}`);
  for (const key of Object.keys(localStorage).filter((k) => k.startsWith("kangshu-draft:"))) {
    try { if (Date.now() - JSON.parse(localStorage.getItem(key)).at > DRAFT_LIFE) localStorage.removeItem(key); } catch { localStorage.removeItem(key); }
  }
  const form = document.querySelector("[data-record-form]");
  if (!form) return;
  const { read } = window.kangshuExpressions;
  const draftKey = `kangshu-draft:${form.dataset.draft}`;
  const person = JSON.parse(document.getElementById("person-facts").textContent);
  const sections = [...form.querySelectorAll("[data-section]")].map((element) => ({ element, visible: JSON.parse(element.dataset.section).visible }));
  const questions = [...form.querySelectorAll("[data-question]")].map((element) => ({
    element, settings: JSON.parse(element.dataset.question), last: element.dataset.last ? JSON.parse(element.dataset.last) : null,
    inputs: [...element.querySelectorAll(`[name^="a-"]`)], provenance: element.querySelector("[data-provenance]"),
    warning: element.querySelector("[data-warning]"), computed: element.querySelector("[data-computed]"),
  }));
  // Chinese input methods type full-width digits; they mean the same.
  const narrow = (text) => text.replace(/[\uff10-\uff19\uff0e\uff0d]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace("。", ".").trim();
  const plainOf = (type, inputs) => {
    if (type === "choices") { const codes = inputs.filter((i) => i.checked).map((i) => i.value); return codes.length ? codes : null; }
    const text = narrow(inputs[0]?.value ?? "");
    if (!text) return null;
    if (type === "yes_no") return text === "true";
    return type === "integer" || type === "decimal" ? (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null) : text;
  };
  const rowsOf = ({ element, settings }) => {
    const rows = [...element.querySelectorAll("[data-row]")].map((row) => {
      const given = {};
      for (const column of settings.columns) {
        const value = plainOf(column.type, [...row.querySelectorAll(`[name$=".${column.name}"]`)]);
        if (value !== null) given[column.name] = value;
      }
      return given;
    }).filter((row) => Object.keys(row).length);
    return rows.length ? rows : null;
  };
  const valueOf = (question) => {
    const { settings, inputs } = question;
    if (settings.type === "rows") return rowsOf(question);
    if (settings.type === "choices") { const codes = inputs.filter((i) => i.checked).map((i) => i.value); return codes.length ? codes : null; }
    if (settings.type === "choice" || settings.type === "yes_no") {
      const chosen = inputs.find((i) => i.checked)?.value ?? null;
      return settings.type === "yes_no" && chosen !== null ? chosen === "true" : chosen;
    }
    const text = narrow(inputs[0]?.value ?? "");
    if (!text) return null;
    return settings.type === "integer" || settings.type === "decimal" ? (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null) : text;
  };
  // Rows: the blank row of the template is copied under the next number; the server reads the numbers in order.
  const addRow = (question, number) => {
    const list = question.element.querySelector("[data-rows]");
    const count = list.querySelectorAll("[data-row]").length;
    if (count >= question.settings.most) return null;
    const used = [...list.querySelectorAll("[name]")].map((i) => Number(i.name.split(".")[1]));
    const next = number ?? Math.max(-1, ...used) + 1;
    const row = question.element.querySelector("[data-blank-row]").content.firstElementChild.cloneNode(true);
    for (const part of row.querySelectorAll("[name],[id],[for]")) {
      for (const attribute of ["name", "id", "for"]) {
        if (part.hasAttribute(attribute)) part.setAttribute(attribute, part.getAttribute(attribute).replace(/([.-])row([.-])/, `$1${next}$2`));
      }
    }
    list.append(row);
    findInputs(question);
    return row;
  };
  const findInputs = (question) => {
    const button = question.element.querySelector("[data-add-row]");
    if (button) button.disabled = question.element.querySelectorAll("[data-rows] [data-row]").length >= question.settings.most;
    question.inputs = [...question.element.querySelectorAll(`[name^="a-"]`)];
  };
  const setRows = (question, rows) => {
    question.element.querySelector("[data-rows]").replaceChildren();
    for (const given of rows) {
      const row = addRow(question);
      if (!row) break;
      for (const [name, value] of Object.entries(given)) {
        for (const input of row.querySelectorAll(`[name$=".${name}"]`)) {
          if (input.type === "checkbox") input.checked = value.includes(input.value); else input.value = String(value);
        }
      }
    }
  };
  const setValue = (question, value) => {
    if (question.settings.type === "rows") { setRows(question, value); return; }
    for (const input of question.inputs) {
      if (input.type === "radio" || input.type === "checkbox") input.checked = Array.isArray(value) ? value.includes(input.value) : String(value) === input.value;
      else input.value = value;
    }
  };
  const refresh = () => {
    const context = { person, performed_on: form.performed_on.value, answers: {} };
    for (const question of questions) if (question.inputs.length) context.answers[question.settings.name] = valueOf(question);
    for (const question of questions) if (question.settings.expression) context.answers[question.settings.name] = read(question.settings.expression, context);
    const hiddenSections = new Set(sections.filter(({ element, visible }) => { element.hidden = Boolean(visible) && read(visible, context) !== true; return element.hidden; }).map((s) => s.element));
    for (const { element, settings, warning, computed, inputs } of questions) {
      const shown = !settings.visible || read(settings.visible, context) === true;
      element.hidden = !shown;
      const value = context.answers[settings.name];
      for (const input of inputs) input.disabled = !shown || hiddenSections.has(element.closest("[data-section]"));
      if (computed && typeof value === "boolean") computed.textContent = value ? computed.dataset.yes : computed.dataset.no;
      else if (computed) computed.textContent = value === null || value === undefined ? "—" : settings.places == null ? value : Number(value).toFixed(settings.places);
      const outside = (limits) => shown && typeof value === "number" && Boolean(limits)
        && ((limits[0] !== null && value < Number(limits[0])) || (limits[1] !== null && value > Number(limits[1])));
      const impossible = outside(settings.hard);
      const words = impossible ? warning.dataset.impossible : outside(settings.soft) ? warning.dataset.warning : "";
      warning.hidden = !words || Boolean(element.querySelector(".problems p"));
      warning.classList.toggle("impossible", impossible);
      warning.textContent = words;
    }
  };
  const save = () => {
    const data = {};
    for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken") (data[name] ??= []).push(value);
    try { localStorage.setItem(draftKey, JSON.stringify({ at: Date.now(), data })); } catch { /* full or forbidden: the page itself still holds it */ }
  };
  const restore = () => {
    const kept = localStorage.getItem(draftKey);
    if (!kept || form.hasAttribute("data-refused")) return;
    const { data } = JSON.parse(kept);
    for (const question of questions.filter((q) => q.settings.type === "rows")) {
      const start = `a-${question.settings.name}.`;
      const numbers = new Set(Object.keys(data).filter((name) => name.startsWith(start)).map((name) => Number(name.slice(start.length).split(".")[0])));
      for (const number of [...numbers].sort((a, b) => a - b)) {
        if (!question.element.querySelector(`[name^="${start}${number}."]`)) addRow(question, number);
      }
    }
    for (const element of form.elements) {
      if (!element.name || !(element.name in data) || element.name === "csrfmiddlewaretoken") continue;
      if (element.type === "radio" || element.type === "checkbox") element.checked = data[element.name].includes(element.value);
      else element.value = data[element.name][0];
    }
    document.querySelector("[data-draft-notice]").hidden = false;
  };
  document.querySelector("[data-draft-drop]")?.addEventListener("click", () => { localStorage.removeItem(draftKey); location.reload(); });
  form.querySelector("[data-carry]")?.addEventListener("click", () => {
    for (let round = 0; round < 2; round += 1) { // a carried answer can make another question asked
      for (const question of questions) {
        if (question.last === null || question.element.hidden || valueOf(question) !== null) continue;
        setValue(question, question.last);
        question.provenance.value = "carried";
        question.element.classList.add("is-carried");
      }
      refresh();
    }
    save();
    questions.find((q) => !q.element.hidden && q.inputs.length && q.settings.required === true && valueOf(q) === null)?.inputs[0].focus();
  });
  form.addEventListener("click", (event) => {
    const question = questions.find((q) => q.settings.type === "rows" && q.element.contains(event.target));
    if (!question) return;
    if (event.target.closest("[data-add-row]")) addRow(question)?.querySelector("[name]").focus();
    else if (event.target.closest("[data-remove-row]")) {
      event.target.closest("[data-row]").remove();
      findInputs(question);
      if (!question.inputs.length) addRow(question);
      findInputs(question);
      question.element.querySelector("[data-add-row]").focus();
    } else return;
    question.provenance.value = "";
    question.element.classList.remove("is-carried");
    refresh();
    save();
  });
  form.addEventListener("input", (event) => {
    const question = questions.find((q) => q.inputs.includes(event.target));
    if (question) {
      question.provenance.value = "";
      question.element.classList.remove("is-carried");
      const alone = question.settings.exclusive;
      if (event.target.type === "checkbox" && event.target.checked && question.settings.type !== "rows") {
        for (const other of question.inputs) if (other !== event.target && (alone.includes(event.target.value) || alone.includes(other.value))) other.checked = false;
      }
    }
    refresh();
    save();
  });
  const stops = () => questions.filter((q) => !q.element.hidden && q.inputs.length && !q.inputs[0].disabled);
  const goOn = (question, from) => {
    const within = question.settings.type === "rows" ? question.inputs[question.inputs.indexOf(from) + 1] : null;
    if (within) { within.focus(); within.select?.(); return; }
    const list = stops(), next = list[list.indexOf(question) + 1];
    const target = next ? next.inputs.find((i) => i.checked) ?? next.inputs[0] : form.querySelector(".sticky-actions .btn-primary");
    target?.focus();
    target?.select?.();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); return; }
    const question = questions.find((q) => q.inputs.includes(event.target));
    if (!question || event.isComposing) return;
    if (event.key === "Enter" && event.target.tagName !== "TEXTAREA") { event.preventDefault(); goOn(question, event.target); return; }
    if (question.settings.type === "rows" || !/^[0-9]$/.test(event.key) || !["radio", "checkbox"].includes(event.target.type)) return;
    const chosen = question.settings.type === "yes_no" ? question.inputs[{ 1: 0, 2: 1 }[event.key]] : question.inputs.find((i) => i.value === event.key);
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = chosen.type === "checkbox" ? !chosen.checked : true;
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    if (chosen.type === "radio" || question.settings.exclusive.includes(chosen.value)) goOn(question);
  });
  restore();
  for (const question of questions) if (question.settings.type === "rows") findInputs(question);
  refresh();
  // On a page of several forms most is as it was: the first key takes it over, the next is a measurement.
  if (!document.querySelector("[data-focus]")) (form.querySelector("[data-carry][data-first]") ?? stops()[0]?.inputs[0])?.focus({ preventScroll: true });
})();
