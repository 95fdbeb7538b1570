// The year's energy as a Sankey diagram: sources on the left, uses on the right.
import type { Flow, Node } from '../results';
import type { Colours } from './colours';
import { fonts, frame, type Draw } from './pen';

const colourOf: Record<Node, keyof Colours> = {
  pv: 'pv',
  grid_in: 'import',
  battery: 'battery',
  load: 'selfUse',
  grid_out: 'export',
  curtailed: 'curtailed',
  loss: 'loss',
};
const left: Node[] = ['pv', 'grid_in'];

/** What runs through a node: the larger of what comes in and what goes out. */
export function through(flows: Flow[], node: Node): number {
  const sum = (end: 'from' | 'to') =>
    flows.reduce((total, flow) => total + (flow[end] === node ? flow.kwh : 0), 0);
  return Math.max(sum('from'), sum('to'));
}

/** Labels stand outside the diagram, or on a phone, where there is no room, inside it. */
function labelSide(node: Node, narrow: boolean): 'left' | 'right' {
  if (node === 'battery') return 'right';
  return left.includes(node) === narrow ? 'right' : 'left';
}

export function flowChart(flows: Flow[]): Draw {
  return (pen) => {
    const { words, format, colours, narrow } = pen;
    const { base, size } = frame(pen);
    const nodes = [...new Set(flows.flatMap((flow) => [flow.from, flow.to]))];
    // A thin node has room for one line of text, a thick one for two.
    const total = Math.max(1, ...nodes.map((node) => through(flows, node)));
    const label = (node: Node) =>
      words.nodes[node] +
      (through(flows, node) < 0.08 * total ? ' ' : '\n') +
      format.energy(through(flows, node));
    const side = narrow ? 4 : 190;
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        trigger: 'item',
        valueFormatter: (kwh: number) => format.energy(kwh),
      },
      series: [
        {
          type: 'sankey',
          left: side,
          right: side,
          top: 12,
          bottom: 12,
          nodeWidth: narrow ? 12 : 20,
          nodeGap: narrow ? 34 : 28,
          nodeAlign: 'justify',
          draggable: false,
          emphasis: { focus: 'adjacency' },
          label: {
            color: colours.ink,
            fontSize: narrow ? 12 : size,
            fontFamily: fonts,
            lineHeight: narrow ? 15 : 19,
            textBorderColor: colours.ground,
            textBorderWidth: 3,
            formatter: ({ name }: { name: string }) => label(name as Node),
          },
          lineStyle: { color: 'source', opacity: 0.42, curveness: 0.5 },
          data: nodes.map((name) => ({
            name,
            itemStyle: { color: colours[colourOf[name]], borderWidth: 0 },
            // In the middle of a phone there is no room: the battery is named below the chart.
            label: { position: labelSide(name, narrow), show: !(narrow && name === 'battery') },
          })),
          links: flows
            .filter((flow) => flow.kwh > 0)
            .map((flow) => ({ source: flow.from, target: flow.to, value: flow.kwh })),
        },
      ],
    };
  };
}
