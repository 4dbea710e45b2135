// Draws the chosen lines of a history, with their bands and targets. Without this script the section that holds the
// chart stays hidden, and the drawn charts and tables below it say the same.
"use strict";

for (const table of document.querySelectorAll("[data-latest]")) table.scrollLeft = table.scrollWidth;

(() => {
  const section = document.getElementById("explore");
  const charts = window.whetstoneCharts;
  if (!section || !charts || !("IntersectionObserver" in window)) return;
  const element = document.getElementById("history-chart");
  const span = document.getElementById("span");
  const day = 24 * 60 * 60 * 1000;
  let zoomed = null; // the part that was dragged, kept when other lines are chosen
  const level = (value) => Number(value).toFixed(1);

  const chosen = () => new Set([...section.querySelectorAll("[data-line]:checked")].map((box) => box.dataset.line));
  const shows = (what) => section.querySelector(`[data-show="${what}"]`).checked;

  // band is an area between the lower and the upper ends: a line that isn't seen, and another one stacked on it.
  const band = (series, number) => {
    const bounds = (value) => series.data.map((point) => [point.value[0], value(point.value)]);
    const common = {
      type: "line", name: series.name, stack: `band ${number}`, symbol: "none", silent: true, z: 1,
      lineStyle: { opacity: 0 }, tooltip: { show: false }, emphasis: { disabled: true },
    };
    return [
      { ...common, data: bounds(([, , lower]) => lower) },
      { ...common, areaStyle: { color: series.itemStyle.color, opacity: 0.12 }, data: bounds(([, , lower, upper]) => upper - lower) },
    ];
  };

  const targets = (series) => ({
    type: "line", name: series.name, symbol: "none", silent: true, step: "middle", z: 1,
    data: series.data.filter((point) => point.value[4]).map((point) => [point.value[0], point.value[4]]),
    lineStyle: { color: series.itemStyle.color, type: [3, 3], width: 1, opacity: 0.9 },
    tooltip: { show: false }, emphasis: { disabled: true },
  });

  const words = (days) => (points) => {
    const told = points.filter(({ value }) => value.length > 3);
    if (told.length === 0) return "";
    const at = told[0].value[0];
    const lines = told.map(({ marker, seriesName, value: [, score, lower, upper, target] }) =>
      `${marker}${seriesName} ${level(score)}  (${level(lower)} to ${level(upper)})${target ? `, target ${level(target)}` : ""}`);
    return [days.get(at) ?? new Date(at).toLocaleDateString(document.documentElement.lang), ...lines].join("\n");
  };

  const shape = (option, color) => {
    const days = new Map(option.series.flatMap(({ data }) => data.filter(({ name }) => name).map(({ name, value }) => [value[0], name])));
    const times = option.series.flatMap(({ data }) => data.map(({ value }) => value[0]));
    const first = Math.min(...times);
    const last = Math.max(...times);
    const lines = chosen();
    const wide = element.clientWidth > 700;
    const shown = option.series.filter(({ name }) => lines.has(name));
    const breaks = option.series[0].markLine;
    const full = shown.filter(({ symbol }) => symbol !== "diamond");
    const ends = new Map(full.map((series) => [series.name, series])); // the last piece of each line
    option.series = shown.map((series) => ({
      ...series, z: 3, markLine: undefined,
      endLabel: { show: wide && ends.get(series.name) === series, formatter: series.name, color: series.itemStyle.color, distance: 8 },
      labelLayout: { moveOverlap: "shiftY" },
    }));
    if (option.series.length > 0) option.series[0].markLine = { ...breaks, silent: true };
    if (shows("bands")) option.series.push(...full.flatMap(band));
    if (shows("targets")) option.series.push(...full.filter(({ data }) => data.some(({ value }) => value[4])).map(targets));

    option.tooltip = { ...[option.tooltip].flat()[0], formatter: words(days), confine: true };
    const margin = Math.max((last - first) * 0.02, 10 * day);
    option.xAxis = [option.xAxis].flat().map((axis) => ({ ...axis, min: first - margin, max: last + margin, splitLine: { show: false } }));
    option.grid = [option.grid].flat().map((grid) => ({ ...grid, right: wide ? 150 : 16 }));
    const rule = color("rule");
    const accent = color("accent");
    option.dataZoom = [option.dataZoom].flat().map((zoom) => ({
      ...zoom, bottom: 8, height: 24, showDataShadow: false, brushSelect: false, showDetail: false,
      borderColor: rule, fillerColor: color("wash"), backgroundColor: "transparent",
      handleStyle: { color: color("sheet"), borderColor: accent }, moveHandleStyle: { color: rule, opacity: 1 },
      emphasis: { handleStyle: { borderColor: accent }, moveHandleStyle: { color: accent } },
      startValue: span && span.value ? last - Number(span.value) * day : first - margin, endValue: last + margin, ...zoomed,
    }));
    return option;
  };

  section.hidden = false;
  const near = new IntersectionObserver(async (entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    near.disconnect();
    try {
      const chart = await charts.mount(element, section.dataset.library, shape);
      section.addEventListener("change", ({ target }) => {
        const { startValue, endValue } = chart.getOption().dataZoom[0];
        zoomed = target === span ? null : { startValue, endValue };
        charts.draw(element);
      });
    } catch {
      section.hidden = true; // the drawn charts stay
    }
  }, { rootMargin: "400px" });
  near.observe(element);
})();
