/*!
 * Apache ECharts, a custom build. Copyright The Apache Software Foundation.
 * Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0
 */
import { getInstanceByDom, init, use, version } from "echarts/core";
import { BarChart, LineChart, RadarChart } from "echarts/charts";
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

// Only what the pages draw: each further chart or component costs every reader of a result.
use([
  BarChart,
  LineChart,
  RadarChart,
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LabelLayout,
  LegendPlainComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

// Three names instead of all of echarts/core lets the bundler drop the rest.
window.echarts = { getInstanceByDom, init, version };
