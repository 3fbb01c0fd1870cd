require('./shared.cjs').note({ double: 'github-action-cvmfs' })
