// Draws the charts of a result when their fold is opened, and loads the chart library only then. The figures are in
// tables next to the charts, so the page says the same without this script.
"use strict";

(() => {
  const printer = document.querySelector("[data-print]");
  if (printer) {
    printer.hidden = false;
    printer.addEventListener("click", () => window.print());
  }

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);

  // color resolves a token of the style sheet, such as "token:accent", in the current theme.
  const color = (token) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const resolve = (value) => {
    if (typeof value === "string" && value.startsWith("token:")) return color(value.slice(6));
    if (Array.isArray(value)) return value.map(resolve);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
    }
    return value;
  };

  let library = null;
  const load = (address) => {
    library ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", done);
      script.addEventListener("error", () => { library = null; failed(new Error("the charts can't be loaded")); });
      document.head.append(script);
    });
    return library;
  };

  const narrowest = 420; // pixels below which a chart is drawn for a phone
  const mounted = new Map();
  const draw = (element) => {
    const option = JSON.parse(document.getElementById(element.dataset.option).textContent);
    const chart = mounted.get(element) ?? window.echarts.init(element, null, { renderer: "svg" });
    mounted.set(element, chart);
    const styled = resolve(option);
    const narrow = element.clientWidth < narrowest;
    // The names around a radar need room.
    if (narrow && styled.radar) {
      styled.radar = [styled.radar].flat().map((radar) => ({ ...radar, radius: "48%", axisName: { ...radar.axisName, fontSize: 11 } }));
    }
    styled.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: narrow ? 11 : 13 };
    styled.animation = !still.matches;
    chart.setOption(styled, true);
  };

  const resized = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const chart = mounted.get(target);
      if (!chart || contentRect.width === 0) continue;
      const crossed = (chart.getWidth() < narrowest) !== (contentRect.width < narrowest);
      chart.resize();
      if (crossed) draw(target);
    }
  });

  let unfolded = []; // what is open for print alone
  const open = async (fold) => {
    if (unfolded.includes(fold)) return; // too late for the paper: its table is there
    try {
      await load(fold.dataset.charts);
    } catch {
      return; // the tables stay
    }
    for (const element of fold.querySelectorAll("[data-option]")) {
      if (mounted.has(element)) continue;
      element.hidden = false;
      draw(element);
      resized.observe(element);
    }
  };
  for (const fold of document.querySelectorAll("details[data-charts]")) {
    fold.addEventListener("toggle", () => fold.open && open(fold));
    if (fold.open) open(fold);
  }

  dark.addEventListener("change", () => { for (const element of mounted.keys()) draw(element); });

  // Paper can't unfold: what is folded is opened for print, and folded again after it.
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("main details:not([open])")];
    for (const fold of unfolded) fold.open = true;
    for (const chart of mounted.values()) chart.resize({ width: 560 });
  });
  window.addEventListener("afterprint", () => {
    for (const fold of unfolded) fold.open = false;
    unfolded = [];
    for (const chart of mounted.values()) chart.resize({ width: "auto" });
  });
})();
