# shellcheck shell=bash
# Modules of the containers: what the user installed first, then what CVMFS has.
if [ -f /usr/share/lmod/lmod/init/bash ]; then
  export MODULEPATH=/neurodesktop-storage/containers/modules
  if [ -d /cvmfs/neurodesk.ardc.edu.au/neurodesk-modules ]; then
    for category in /cvmfs/neurodesk.ardc.edu.au/neurodesk-modules/*; do
      MODULEPATH=$MODULEPATH:$category
    done
  fi
  # shellcheck disable=SC1091
  . /usr/share/lmod/lmod/init/bash
fi
