// Hands a file to the browser to be saved. Nothing is sent anywhere.

export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** An SVG document as a PNG, at twice its size but within what browsers can draw. */
export async function toPng(svg: string, size: { width: number; height: number }): Promise<Blob> {
  const scale = Math.min(2, MOST / size.width, MOST / size.height, Math.sqrt(AREA / (size.width * size.height)));
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(size.width * scale));
    canvas.height = Math.max(1, Math.floor(size.height * scale));
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('this browser cannot draw pictures');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture is too large for this browser')) : resolve(blob)), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Longest edge and largest area of a canvas that all browsers draw. */
const MOST = 16_000;
const AREA = 100_000_000;
