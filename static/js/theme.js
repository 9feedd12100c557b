try{const d=document.documentElement.dataset;d.theme=localStorage.theme||"";d.shapes=localStorage.shapes||"";d.wrap=localStorage.wrap||""}catch{}document.documentElement.classList.add("js")
