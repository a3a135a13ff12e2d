#!/bin/sh
echo "ran as $(basename $0)"
