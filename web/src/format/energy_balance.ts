// What comes into the village's wires in a year and what goes out of them, told from the flows.
import type { Flow, Node } from '../results';

const sources: Node[] = ['pv', 'grid_in'];
const sinks: Node[] = ['load', 'grid_out', 'curtailed', 'loss'];

export interface Balance {
  in: { node: Node; kwh: number }[];
  out: { node: Node; kwh: number }[];
  totalIn: number;
  totalOut: number;
}

export function energyBalance(flows: Flow[]): Balance {
  const sum = (nodes: Node[], end: 'from' | 'to') =>
    nodes
      .map((node) => ({
        node,
        kwh: flows.reduce((total, flow) => total + (flow[end] === node ? flow.kwh : 0), 0),
      }))
      .filter((part) => part.kwh > 0);
  const total = (parts: { kwh: number }[]) => parts.reduce((all, part) => all + part.kwh, 0);
  const [into, out] = [sum(sources, 'from'), sum(sinks, 'to')];
  return { in: into, out, totalIn: total(into), totalOut: total(out) };
}
