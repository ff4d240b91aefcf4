// What every page can do: keyboard, one press = one save, offline notice, rows as links, charts.
// No inline scripts anywhere (the content security policy refuses them): behaviour hangs on data- attributes.
(() => {
  "use strict";
  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  // The line is gone: say so, and keep the page instead of losing it to the browser's error page.
  const offline = document.querySelector("[data-offline]");
  const showLine = () => { if (offline) offline.hidden = navigator.onLine; };
  addEventListener("online", showLine);
  addEventListener("offline", showLine);
  showLine();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!navigator.onLine && form.method.toLowerCase() === "post") {
      event.preventDefault();
      showLine();
      offline?.scrollIntoView({ block: "nearest" });
      return;
    }
    if (event.defaultPrevented || form.method.toLowerCase() !== "post") return;
    // A second press while the first is on its way is swallowed; the server would answer it the same anyway.
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    for (const button of form.querySelectorAll("button[type=submit]")) button.dataset.busy = "1";
  });
  // Coming back by the browser's Back button: the form may be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) {
      delete form.dataset.sending;
      for (const button of form.querySelectorAll("[data-busy]")) delete button.dataset.busy;
    }
  });

  document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-focus]")?.focus());
  document.addEventListener("change", (event) => { if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit(); });
  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-print], [data-back]");
    if (element?.matches("[data-print]")) print();
    if (element?.matches("[data-back]")) { event.preventDefault(); history.back(); }
  });

  // Rows that lead somewhere: the whole row is the link.
  const rowLink = (row) => row.querySelector("a[href]");
  document.addEventListener("click", (event) => {
    const row = event.target.closest(".row-link");
    if (!row || event.target.closest("a, button, input, label, select")) return;
    if (!String(getSelection())) rowLink(row)?.click();
  });
  const rows = () => [...document.querySelectorAll(".row-link, .work-list > li")].filter((row) => rowLink(row));
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("is-marked"));
    all[at]?.classList.remove("is-marked");
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    next.classList.add("is-marked");
    next.scrollIntoView({ block: "nearest" });
    rowLink(next).focus({ preventScroll: true });
  };

  let wentG = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest("form") || document.querySelector("main form[method=post]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const search = document.querySelector("[data-key='/']");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "?") {
      const help = document.getElementById("keyboard-help");
      if (help && window.bootstrap) window.bootstrap.Modal.getOrCreateInstance(help).show();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "g") wentG = Date.now();
    else if (/^[1-9]$/.test(event.key) && Date.now() - wentG < 1500) {
      document.querySelectorAll(".topnav > a")[Number(event.key) - 1]?.click();
    }
  });

  // Charts: <div class="chart" data-chart="id-of-json-script"></div>; the option comes from {{ option|json_script:"id" }}.
  const drawCharts = (root) => {
    if (!window.echarts) return;
    for (const element of root.querySelectorAll("[data-chart]")) {
      if (element.dataset.drawn) continue;
      const source = document.getElementById(element.dataset.chart);
      if (!source) continue;
      element.dataset.drawn = "1";
      const chart = window.echarts.init(element, null, { renderer: "svg" });
      chart.setOption({
        color: ["#0b6a6e", "#d08c1d", "#3d6fb6", "#8a5aa8", "#5b8c3a", "#b8503f"],
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        aria: { enabled: true },
        ...JSON.parse(source.textContent),
      });
      // A point may carry `url`: clicking it opens the figure.
      chart.on("click", (point) => { if (point.data?.url) location.href = point.data.url; });
      addEventListener("resize", () => chart.resize());
    }
  };
  document.addEventListener("DOMContentLoaded", () => drawCharts(document));
  document.addEventListener("htmx:afterSwap", (event) => drawCharts(event.target));
  document.addEventListener("htmx:sendError", () => { if (offline) offline.hidden = false; });
})();
