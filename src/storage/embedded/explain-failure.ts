// What PostgreSQL's own last words mean for whoever starts Wutong.
import { DatabaseUnavailable } from '../unavailable.ts';

const libraries: Readonly<Record<string, string>> = {
  // Debian's packages for what npm's PostgreSQL does not bring along.
  'libgcc_s.so.1': 'libgcc-s1',
  'libstdc++.so.6': 'libstdc++6',
};

/** The shared library that a program said it lacks, with Debian's package for it. */
export function missingLibrary(words: string): { readonly library: string; readonly debianPackage: string } | undefined {
  const library = /shared libraries: ([^\s:]+)/.exec(words)?.[1];
  return library === undefined ? undefined : { library, debianPackage: libraries[library] ?? library };
}

/**
 * Turns the log of a PostgreSQL that did not start into a reason and a remedy.
 * @param words what initdb or postgres printed.
 */
export function explainFailure(words: string, folder: string, logFile: string): DatabaseUnavailable {
  const last = words.trim().split('\n').slice(-12).join('\n');
  const explained = (zh: string, en: string): DatabaseUnavailable => new DatabaseUnavailable(`${zh}。`, `${en}.\n\nPostgreSQL:\n${last}`);
  const missing = missingLibrary(words);
  if (missing !== undefined) {
    return explained(
      `PostgreSQL 缺少系统库 ${missing.library}。请安装（Debian、Ubuntu）：sudo apt-get install ${missing.debianPackage}`,
      `PostgreSQL lacks the shared library ${missing.library}. Install it (Debian, Ubuntu): sudo apt-get install ${missing.debianPackage}`,
    );
  }
  if (/No space left on device|Disk quota exceeded/.test(words)) {
    return explained(`磁盘满了，PostgreSQL 无法在 ${folder} 写数据。请腾出空间再启动；已经存下的数据都在`, `The disk is full: PostgreSQL cannot write in ${folder}. Make room and start again; what was stored is still there`);
  }
  const versions = /initialized by PostgreSQL version (\S+), which is not compatible with this version (\S+?)\.?$/m.exec(words);
  if (versions !== null) return explainVersion(folder, versions[1] ?? '', versions[2] ?? '');
  if (/Read-only file system/.test(words)) return explained(`${folder} 所在的磁盘是只读的，PostgreSQL 无法写数据`, `The disk of ${folder} is read-only, so PostgreSQL cannot write`);
  if (/Permission denied|has wrong ownership|has invalid permissions/.test(words)) {
    return explained(`PostgreSQL 没有权限使用 ${folder} 里的文件。请检查文件属于谁`, `PostgreSQL has no permission to use the files in ${folder}. Look whom they belong to`);
  }
  if (/could not (create|resize|map) (shared memory|anonymous shared memory)|Cannot allocate memory/.test(words)) {
    return explained('内存不足，PostgreSQL 无法启动', 'There is too little memory for PostgreSQL to start');
  }
  return explained(`PostgreSQL 没有启动，日志在 ${logFile}`, `PostgreSQL did not start; its log is ${logFile}`);
}

/** Data of another major version are never touched. */
export function explainVersion(folder: string, data: string, programs: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `${folder} 里的数据是 PostgreSQL ${data} 写的，这个版本的梧桐带的是 PostgreSQL ${programs}。数据没有动。请用原来那个版本的梧桐做备份（wutong backup），再用这个版本恢复（wutong restore）`,
    `The data in ${folder} were written by PostgreSQL ${data}; this Wutong brings PostgreSQL ${programs}. The data were left alone. Make a backup with the Wutong that wrote them (wutong backup) and restore it with this one (wutong restore)`,
  );
}
