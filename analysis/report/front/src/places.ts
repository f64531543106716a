// Where nodes are drawn: at a city of their region. The model knows regions; which city of it is for the picture alone.

const names: Record<string, string> = { NA: 'North America', EU: 'Europe', SA: 'South America', AS: 'Asia', JP: 'Japan', AU: 'Australia' };
/** What people call a region; one of a scenario's own keeps its name. */
export const regionName = (region: string): string => (Object.hasOwn(names, region) ? names[region] : region);

type City = [string, number, number];
const cities: Record<string, City[]> = {
  NA: [['New York', -74, 40.7], ['Chicago', -87.6, 41.9], ['Dallas', -96.8, 32.8], ['San Jose', -121.9, 37.3], ['Seattle', -122.3, 47.6], ['Toronto', -79.4, 43.7], ['Atlanta', -84.4, 33.7], ['Denver', -105, 39.7], ['Miami', -80.2, 25.8], ['Montreal', -73.6, 45.5], ['Mexico City', -99.1, 19.4], ['Los Angeles', -118.2, 34.1]],
  EU: [['Frankfurt', 8.7, 50.1], ['London', -0.1, 51.5], ['Paris', 2.3, 48.9], ['Amsterdam', 4.9, 52.4], ['Helsinki', 24.9, 60.2], ['Madrid', -3.7, 40.4], ['Milan', 9.2, 45.5], ['Warsaw', 21, 52.2], ['Vienna', 16.4, 48.2], ['Stockholm', 18.1, 59.3], ['Bucharest', 26.1, 44.4], ['Dublin', -6.3, 53.3]],
  SA: [['Sao Paulo', -46.6, -23.6], ['Buenos Aires', -58.4, -34.6], ['Santiago', -70.7, -33.4], ['Bogota', -74.1, 4.7], ['Lima', -77, -12], ['Recife', -34.9, -8.1]],
  AS: [['Singapore', 103.8, 1.4], ['Hong Kong', 114.2, 22.3], ['Mumbai', 72.9, 19.1], ['Shanghai', 121.5, 31.2], ['Beijing', 116.4, 39.9], ['Seoul', 127, 37.6], ['Bangkok', 100.5, 13.8], ['Delhi', 77.2, 28.6], ['Jakarta', 106.8, -6.2], ['Taipei', 121.5, 25]],
  JP: [['Tokyo', 139.7, 35.7], ['Osaka', 135.5, 34.7], ['Sapporo', 141.4, 43.1], ['Fukuoka', 130.4, 33.6]],
  AU: [['Sydney', 151.2, -33.9], ['Melbourne', 145, -37.8], ['Perth', 115.9, -32], ['Brisbane', 153, -27.5]],
};

/** A number in [0, 1) that a node always gets. */
function lot(node: number, salt: number): number {
  let h = Math.imul(node + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** Longitude and latitude, a little beside the city so that neighbours stay apart. */
export function placeOf(node: number, region: string, spread: number): [number, number, string] {
  const list = cities[region] ?? Object.values(cities).flat();
  const [name, x, y] = list[Math.floor(lot(node, 1) * list.length)];
  const angle = lot(node, 2) * Math.PI * 2, far = Math.sqrt(lot(node, 3)) * spread;
  return [x + Math.cos(angle) * far * 1.3, y + Math.sin(angle) * far, name];
}
