cat /in/a.txt /work/state.txt /key.conf; echo changed > /work/state.txt; echo new > /work/new.txt; echo result > /out/result.txt
