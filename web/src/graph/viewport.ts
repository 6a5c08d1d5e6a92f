// Where the picture stands in its frame: pan, zoom, fit, and stepping from node to node.

import type { Node } from '../core/types';

/** Offset of the picture in pixels of the frame, and its scale. */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const SMALLEST = 0.08;
const LARGEST = 3;
/** Below this, text cannot be read: a large picture starts at its upper left corner instead. */
const READABLE = 0.5;
const MARGIN = 16;

/** The whole picture if it stays readable, else as much of it around the height `start`, from the left. */
export function fit(picture: Size, frame: Size, start: number, whole: boolean): Viewport {
  const room = { width: frame.width - 2 * MARGIN, height: frame.height - 2 * MARGIN };
  const all = Math.min(room.width / picture.width, room.height / picture.height, 1.15);
  const isWhole = all >= READABLE || whole;
  const scale = isWhole ? clamp(all) : Math.max(READABLE, Math.min(1, room.width / picture.width));
  const [width, height] = [picture.width * scale, picture.height * scale];
  const x = width <= room.width ? (frame.width - width) / 2 : MARGIN;
  const lowest = frame.height - MARGIN - height;
  const y = height <= room.height ? (frame.height - height) / 2 : Math.min(MARGIN, Math.max(lowest, frame.height / 2 - start * scale));
  return { x, y, scale };
}

/** Zooms so that the point `at` of the frame stays where it is. */
export function zoom(view: Viewport, factor: number, at: { x: number; y: number }): Viewport {
  const scale = clamp(view.scale * factor);
  const ratio = scale / view.scale;
  return { x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio, scale };
}

type Box = Pick<Node, 'x' | 'y' | 'width' | 'height'>;

/** Moves as little as shows `box`. */
export function reveal(view: Viewport, box: Box, frame: Size): Viewport {
  const shift = (from: number, to: number, room: number): number => {
    if (from < MARGIN || to - from > room - 2 * MARGIN) return MARGIN - from;
    return to > room - MARGIN ? room - MARGIN - to : 0;
  };
  const left = view.x + box.x * view.scale;
  const top = view.y + box.y * view.scale;
  return {
    ...view,
    x: view.x + shift(left, left + box.width * view.scale, frame.width),
    y: view.y + shift(top, top + box.height * view.scale, frame.height),
  };
}

/** Whether any of `box` is in the frame, with a reserve around it. */
export function isVisible(view: Viewport, box: Box, frame: Size): boolean {
  const reserve = 200;
  const left = view.x + box.x * view.scale;
  const top = view.y + box.y * view.scale;
  return (
    left < frame.width + reserve &&
    top < frame.height + reserve &&
    left + box.width * view.scale > -reserve &&
    top + box.height * view.scale > -reserve
  );
}

const DIRECTIONS = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
} as const;

export type Arrow = keyof typeof DIRECTIONS;

export function isArrow(key: string): key is Arrow {
  return key in DIRECTIONS;
}

/** The nearest box in a direction; what stands aside counts as further away. */
export function neighbour<B extends Box>(boxes: readonly B[], from: Box, arrow: Arrow): B | undefined {
  const { x, y } = DIRECTIONS[arrow];
  let best: B | undefined;
  let shortest = Infinity;
  for (const box of boxes) {
    const dx = box.x + box.width / 2 - (from.x + from.width / 2);
    const dy = box.y + box.height / 2 - (from.y + from.height / 2);
    const along = dx * x + dy * y;
    const aside = Math.abs(dx * y) + Math.abs(dy * x);
    const length = along + 2 * aside;
    if (along > 1 && length < shortest) {
      shortest = length;
      best = box;
    }
  }
  return best;
}

function clamp(scale: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}
