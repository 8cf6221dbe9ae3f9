import type { ImageReference } from './container-images.js';

/** A release of a base image that gets no security fixes any more. */
export interface EndedImage {
  /** `Python 3.8`, `Debian 10 (buster)`. */
  readonly product: string;
  /** Month in which the fixes ended: `October 2024`. */
  readonly ended: string;
  readonly source: string;
}

type Rows = Readonly<Record<string, string>>;

/** What holds for this table: a release is listed only when its last day lay before this one. */
export const SUPPORT_AS_OF = '2026-11-01';

/** Security fixes of CPython, https://devguide.python.org/versions/ and https://endoflife.date/python. */
const PYTHON: Rows = {
  '2.7': '2020-01',
  '3.4': '2019-03',
  '3.5': '2020-09',
  '3.6': '2021-12',
  '3.7': '2023-06',
  '3.8': '2024-10',
  '3.9': '2025-10',
  '3.10': '2026-10',
};

/** End of the long-term support of Debian, https://wiki.debian.org/LTS and https://endoflife.date/debian. */
const DEBIAN: Rows = {
  wheezy: '2018-05',
  jessie: '2020-06',
  stretch: '2022-07',
  buster: '2024-06',
  bullseye: '2026-08',
};
const DEBIAN_NUMBERS: Rows = { '7': 'wheezy', '8': 'jessie', '9': 'stretch', '10': 'buster', '11': 'bullseye' };

/** Standard support of Ubuntu, without the paid extension, https://ubuntu.com/about/release-cycle and https://endoflife.date/ubuntu. */
const UBUNTU: Rows = {
  '14.04': '2019-04',
  '16.04': '2021-04',
  '18.04': '2023-05',
  '20.04': '2025-05',
  '20.10': '2021-07',
  '21.04': '2022-01',
  '21.10': '2022-07',
  '22.10': '2023-07',
  '23.04': '2024-01',
  '23.10': '2024-07',
  '24.10': '2025-07',
  '25.04': '2026-01',
  '25.10': '2026-07',
};
const UBUNTU_NAMES: Rows = {
  trusty: '14.04',
  xenial: '16.04',
  bionic: '18.04',
  focal: '20.04',
  groovy: '20.10',
  hirsute: '21.04',
  impish: '21.10',
  kinetic: '22.10',
  lunar: '23.04',
  mantic: '23.10',
  oracular: '24.10',
  plucky: '25.04',
  questing: '25.10',
};

/**
 * NVIDIA keeps two major releases of CUDA and drops the older with the release of a third: 13.0 of August 2025 ended 11, 12.0 of
 * December 2022 ended 10 (https://gitlab.com/nvidia/container-images/cuda/-/blob/master/doc/support-policy.md,
 * https://developer.nvidia.com/cuda-toolkit-archive).
 */
const CUDA: Rows = { '7': '2022-12', '8': '2022-12', '9': '2022-12', '10': '2022-12', '11': '2025-08' };

/** Official images whose tags end in the name of the Debian release they are built on. */
const ON_DEBIAN = /^(?:python|pypy|node|golang|rust|ruby|perl|buildpack-deps|openjdk|r-base)$/;
/** The mirror of the official images on Amazon's registry. */
const MIRROR = /^public\.ecr\.aws\/docker\/library\//;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What an image is built on that has ended: the language first, then the distribution; undefined when that is not known. */
export function endedImage({ repository, tag }: ImageReference): EndedImage | undefined {
  const name = repository.replace(MIRROR, '');
  if (tag === undefined) return undefined;
  if (name === 'nvidia/cuda' || name === 'nvcr.io/nvidia/cuda')
    return cuda(tag) ?? ubuntu(/ubuntu(\d\d\.\d\d)/.exec(tag)?.[1]);
  if (name === 'ubuntu') return ubuntu(/^(\d\d\.\d\d|[a-z]+)(?![\w.])/.exec(tag)?.[1]);
  if (name === 'debian') return debian(/^(\d{1,2}|[a-z]+)(?:\.\d+)?(?![\w.])/.exec(tag)?.[1]);
  if (!ON_DEBIAN.test(name)) return undefined;
  const own = name === 'python' ? python(/^(\d\.\d+)(?:\.\d+)?(?![\w.])/.exec(tag)?.[1]) : undefined;
  return own ?? debian(tag.split(/[-_]/).find((part) => Object.hasOwn(DEBIAN, part)));
}

function python(version: string | undefined): EndedImage | undefined {
  return row(PYTHON, version, `Python ${version}`, 'https://devguide.python.org/versions/');
}

function debian(release: string | undefined): EndedImage | undefined {
  const name = release === undefined ? undefined : (DEBIAN_NUMBERS[release] ?? release);
  const number = Object.keys(DEBIAN_NUMBERS).find((key) => DEBIAN_NUMBERS[key] === name);
  return row(DEBIAN, name, `Debian ${number} (${name})`, 'https://wiki.debian.org/LTS');
}

function ubuntu(release: string | undefined): EndedImage | undefined {
  const version = release === undefined ? undefined : (UBUNTU_NAMES[release] ?? release);
  return row(UBUNTU, version, `Ubuntu ${version}`, 'https://ubuntu.com/about/release-cycle');
}

function cuda(tag: string): EndedImage | undefined {
  const major = /^(\d+)\.\d+/.exec(tag)?.[1];
  const source = 'https://gitlab.com/nvidia/container-images/cuda/-/blob/master/doc/support-policy.md';
  return row(CUDA, major, `CUDA ${major}`, source);
}

function row(rows: Rows, key: string | undefined, product: string, source: string): EndedImage | undefined {
  const date = key !== undefined && Object.hasOwn(rows, key) ? rows[key] : undefined;
  if (date === undefined) return undefined;
  return { product, ended: `${MONTHS[Number(date.slice(5)) - 1]} ${date.slice(0, 4)}`, source };
}
