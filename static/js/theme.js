try{for(const k of["theme","shapes","wrap"])document.documentElement.dataset[k]=localStorage[k]||""}catch{}document.documentElement.classList.add("js")
