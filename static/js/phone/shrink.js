// A photo made small on the phone: 1600 px, JPEG, and none of the metadata that the camera wrote.

export const SIDE = 1600;
const QUALITY = 0.85;

/**
 * The size within a square of `side`; never larger than it was.
 * @param {number} width @param {number} height @param {number} side
 * @returns {{width: number, height: number}}
 */
export const fit = (width, height, side = SIDE) => {
  const scale = Math.min(1, side / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/**
 * The browser turns the picture upright while it draws. What it cannot decode goes as it is: the server will say.
 * @param {Blob} file @returns {Promise<Blob>}
 */
export const shrink = async (file) => {
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const { width, height } = fit(picture.naturalWidth, picture.naturalHeight);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const brush = canvas.getContext("2d");
    if (!brush) return file;
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, width, height);
    brush.drawImage(picture, 0, 0, width, height);
    const small = await new Promise((/** @type {(blob: Blob | null) => void} */ done) =>
      canvas.toBlob(done, "image/jpeg", QUALITY),
    );
    canvas.width = canvas.height = 0; // Safari counts canvases that live on
    return small ?? file;
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(address);
  }
};
