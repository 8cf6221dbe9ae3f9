import type { Place } from '../base/place.js';
import type { ModuleLinks } from '../semantics/links.js';
import type { ConfigFile } from './config-neighbours.js';
import type { PackageList } from './package-lists.js';

/** The version of a library as far as the workspace tells. */
export interface LibraryVersion {
  /** PEP 503 normalised name. */
  readonly library: string;
  /** The one version, when a pin or a lock names it. */
  readonly exact: string | undefined;
  /** PEP 440 specifier set; empty when the library is named without a version. */
  readonly specifier: string;
  readonly place: Place;
}

/** What the documents of a workspace say together. Pure look-ups; answers may be computed on demand and cached. */
export interface WorkspaceModel {
  /**
   * Version of a library for code at `path`: the nearest folder that names it wins; inside a folder locks win over
   * exact pins, pins over ranges. Undefined when nothing names it.
   */
  version(library: string, path: string): LibraryVersion | undefined;
  /** Version of Python (`requires-python`, `python=3.11` in conda, `FROM python:3.11`), as a specifier. */
  python(path: string): LibraryVersion | undefined;
  /** What the module at `path` may ask about the other modules and configuration files of the workspace. */
  linksOf(path: string): ModuleLinks;
  /** Config files in the folder of `path`, itself left out: small ones, at most 60, in the order of their names. */
  configsBeside(path: string): readonly ConfigFile[];
  /**
   * Kubernetes manifests of the whole workspace with a Service, an Ingress, a Route, a Secret or containers, in the order of their
   * paths. Links between them that are not within one folder can be ambiguous: ask for the nearest.
   */
  manifests(): readonly ConfigFile[];
  /** Where the workspace reads or writes data and models in a bucket of S3, in the order of the paths. */
  bucketUses(bucket: string): readonly Place[];
  /** The lists of packages of the whole workspace, in the order of their paths: requirements, environments, project files. */
  packageLists(): readonly PackageList[];
  /**
   * Files, by their paths in the workspace, that a build of `dockerfile` with the context `folder` gets: those below the folder that no
   * `.dockerignore` leaves out, outermost first, a few thousand at most. Git's own ignore files have no say in it.
   */
  sentToBuild(folder: string, dockerfile: string): readonly string[];
  /** True when the path (workspace-relative) exists as a file. */
  has(path: string): boolean;
  /** Text of another file as it is now; undefined when it is missing, huge or no text. */
  textOf(path: string): string | undefined;
  /** True when a `kustomization.yaml` lists the file as a patch. */
  isPatch(path: string): boolean;
  /** True when a `kustomization.yaml` near the manifest sets the version of an image, given without its tag. */
  setsImage(path: string, image: string): boolean;
}
