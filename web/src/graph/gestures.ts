// Pan and zoom by wheel, mouse and fingers: events and a viewport in, the next viewport out.

import { type Viewport, zoom } from './viewport';

/** How far a pointer must go to be no click, in pixels. */
const SLACK = 4;

interface Point {
  x: number;
  y: number;
}

export class Gestures {
  #fingers = new Map<number, Point>();
  #start: Point | undefined;
  /** Whether the last press became a drag, so that it is no click. */
  isDragged = false;

  wheel(view: Viewport, event: WheelEvent, box: DOMRect): Viewport {
    if (!event.ctrlKey && !event.metaKey) return { ...view, x: view.x - event.deltaX, y: view.y - event.deltaY };
    return zoom(view, Math.exp(-event.deltaY / 200), { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#start = { x: event.clientX, y: event.clientY };
    this.#fingers.set(event.pointerId, this.#start);
    this.isDragged = false;
  }

  /** `undefined` while nothing moves. */
  move(view: Viewport, event: PointerEvent, root: SVGSVGElement): Viewport | undefined {
    const before = this.#fingers.get(event.pointerId);
    if (before === undefined || this.#start === undefined) return undefined;
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    const now = { x: event.clientX, y: event.clientY };
    this.#fingers.set(event.pointerId, now);
    if (other !== undefined) return this.#pinch(view, [before, now, other], root.getBoundingClientRect());
    if (!this.isDragged && distance(now, this.#start) < SLACK) return undefined;
    if (!this.isDragged) root.setPointerCapture(event.pointerId);
    this.isDragged = true;
    return { ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y };
  }

  #pinch(view: Viewport, [before, now, other]: [Point, Point, Point], box: DOMRect): Viewport | undefined {
    const was = distance(before, other);
    if (was === 0) return undefined;
    this.isDragged = true;
    return zoom(view, distance(now, other) / was, { x: other.x - box.left, y: other.y - box.top });
  }

  up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
