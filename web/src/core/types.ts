// What core's answers look like: the package's own declarations under the names that the page uses.

export type {
  Completions,
  Edge,
  Explanation,
  Finding,
  Graph,
  Group,
  Hint,
  Input,
  Link,
  Node,
  Picture,
  PlanDifference as Difference,
  ResourceRef,
  StepDocument as Step,
  Summary,
  TraceDocument,
  TraceRequest,
} from '../../../wasm/pkg/gwchain';

import type { Group, Node } from '../../../wasm/pkg/gwchain';

/** A node or a frame. */
export type Shape = Node | Group;

export type ExportForm = 'svg' | 'mermaid' | 'dot' | 'json' | 'report';
