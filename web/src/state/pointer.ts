// Carries out walks between text, picture and plan: lights what belongs together, marks lines, brings nodes into sight.

import type { Finding, Shape } from '../core/types';
import { showLinked, type Stretch } from '../editor/linked';
import type { Desk } from './desk.svelte';
import { type Drawn, toFinding, toShape, type Walk } from './linking';
import { atOffset } from './selection.svelte';

/** What is shown of the desk. */
export interface Stage {
  /** Shows the text where one thing is shown at a time. */
  showText(): void;
  showNode(id: string): void;
}

export class Pointer {
  readonly #desk: Desk;
  /** Set by what shows the desk. */
  stage: Stage | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The cursor stands at `offset` of the text. */
  moved(offset: number): void {
    const drawn = this.#drawn();
    if (drawn === undefined) return;
    const { selection, editor } = this.#desk;
    selection.lit = atOffset(drawn.picture, offset);
    selection.node = undefined;
    if (editor !== undefined) showLinked(editor, [], false);
  }

  /** Goes where a walk leads, if what is shown is of the text as it is. */
  follow(walk: (drawn: Drawn) => Walk): void {
    const drawn = this.#drawn();
    if (drawn === undefined) return;
    const { stretches, node } = walk(drawn);
    this.#mark(stretches);
    if (node !== undefined) this.stage?.showNode(node);
  }

  toShape(shape: Shape): void {
    this.follow((drawn) => toShape(this.#desk.selection, drawn, shape));
    this.#desk.say(`${shape.lines[0]?.text ?? shape.id} selected`);
  }

  toFinding(finding: Finding): void {
    this.follow((drawn) => toFinding(this.#desk.selection, drawn, finding));
    if (finding.range !== undefined) this.#desk.editor?.dispatch({ selection: { anchor: finding.range.start } });
  }

  clear(): void {
    this.#desk.selection.clear();
    if (this.#desk.editor !== undefined) showLinked(this.#desk.editor, [], false);
  }

  #drawn(): Drawn | undefined {
    const { picture, isCurrent, drawnText } = this.#desk.session;
    return picture === undefined || !isCurrent ? undefined : { picture, text: drawnText };
  }

  #mark(stretches: readonly Stretch[]): void {
    if (this.#desk.editor === undefined) return;
    if (stretches.length > 0) this.stage?.showText();
    showLinked(this.#desk.editor, stretches, true);
  }
}
