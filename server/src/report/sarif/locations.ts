import type { ArtifactLocation, Location, Region } from 'sarif';
import type { Place } from '../../base/place.js';
import type { Position } from '../../base/range.js';

/** Location of a file relative to the root of the repository. */
export function artifact(path: string): ArtifactLocation {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

/** Region of a raw file; SARIF counts from 1 and, with `columnKind` utf16CodeUnits, columns as we do. */
export function region(start: Position, end: Position): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Location of a place; in a notebook the cell is its logical location. */
export function location(place: Place, message?: string): Location {
  const { cell } = place;
  return {
    physicalLocation: { artifactLocation: artifact(place.path), region: region(place.start, place.end) },
    ...(cell === undefined
      ? {}
      : {
          logicalLocations: [
            {
              name: `cell ${cell.index + 1}`,
              fullyQualifiedName: `cell ${cell.index + 1}, line ${cell.start.line + 1}`,
            },
          ],
        }),
    ...(message === undefined ? {} : { message: { text: message } }),
  };
}
