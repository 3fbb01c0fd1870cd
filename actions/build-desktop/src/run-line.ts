/** How people start the image, as NeuroDesk's documentation has it. Pure. */

/**
 * The line for one system. The image of 2026 serves JupyterLab on 8888 and is started as root, which takes on the ids
 * of the person; the form of before is the desktop on 8080.
 * @param exposed `ExposedPorts` of the image's configuration, such as `{ "8888/tcp": {} }`
 */
export function runLine(reference: string, system: 'linux' | 'windows', exposed: unknown): string {
  const isJupyter =
    typeof exposed === 'object' && exposed !== null && '8888/tcp' in exposed && !('8080/tcp' in exposed)
  const [uid, gid] = isJupyter ? ['NB_UID', 'NB_GID'] : ['HOST_UID', 'HOST_GID']
  const user = system === 'linux' ? ` -e ${uid}="$(id -u)" -e ${gid}="$(id -g)"` : ''
  const volumes = '--name neurodesktop -v neurodesktop-storage:/neurodesktop-storage'
  return isJupyter
    ? `docker run --shm-size=1gb -it --privileged --user=root ${volumes} ` +
        `--mount source=neurodesk-home,target=/home/jovyan${user} -p 127.0.0.1:8888:8888 -h neurodesktop ${reference}`
    : 'docker run --shm-size=1gb -it --cap-add SYS_ADMIN --security-opt apparmor:unconfined --device=/dev/fuse ' +
        `${volumes}${user} -p 8080:8080 -h neurodesktop ${reference}`
}
